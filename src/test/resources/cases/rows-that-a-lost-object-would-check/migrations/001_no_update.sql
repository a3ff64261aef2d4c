INSERT INTO jar VALUES (1, 'jam', 2);
