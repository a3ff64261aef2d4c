INSERT INTO stones (id, name) VALUES (1, 'flint');
