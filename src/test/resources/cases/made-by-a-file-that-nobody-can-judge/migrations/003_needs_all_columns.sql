INSERT INTO sale VALUES (1, 2, 'x');
