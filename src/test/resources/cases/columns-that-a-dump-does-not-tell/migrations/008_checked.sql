INSERT INTO place (id, name) VALUES (4, '');
