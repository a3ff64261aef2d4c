INSERT INTO day (id, day) VALUES (1, '2024-05-05');
