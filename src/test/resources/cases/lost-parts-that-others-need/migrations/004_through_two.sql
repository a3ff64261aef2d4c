UPDATE named_stones SET name = 'chert';
INSERT INTO named_stones (id, name) VALUES (2, 'jet');
