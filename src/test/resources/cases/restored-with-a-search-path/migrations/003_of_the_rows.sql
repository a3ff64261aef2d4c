SET LOCAL search_path = shelf; INSERT INTO land (code) VALUES ('de');
