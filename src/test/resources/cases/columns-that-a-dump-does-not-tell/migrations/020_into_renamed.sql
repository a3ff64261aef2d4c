INSERT INTO ground (id) VALUES (1);
