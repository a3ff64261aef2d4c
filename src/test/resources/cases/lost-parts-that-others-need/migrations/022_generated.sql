INSERT INTO counter (id, doubled) VALUES (1, 2);
