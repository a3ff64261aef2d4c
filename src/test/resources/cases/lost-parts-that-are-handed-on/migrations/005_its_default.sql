INSERT INTO visit (id) VALUES (1);
