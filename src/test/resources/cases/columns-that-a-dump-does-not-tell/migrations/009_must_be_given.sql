INSERT INTO site (id) VALUES (1);
