INSERT INTO preserved VALUES (1);
