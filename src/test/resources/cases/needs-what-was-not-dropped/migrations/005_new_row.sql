INSERT INTO orchard (id, rows_of) VALUES (1, 0);
