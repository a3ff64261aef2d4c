INSERT INTO kinds (id) VALUES (1);
