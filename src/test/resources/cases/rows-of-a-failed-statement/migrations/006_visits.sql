INSERT INTO visits (place_id) VALUES (1);
