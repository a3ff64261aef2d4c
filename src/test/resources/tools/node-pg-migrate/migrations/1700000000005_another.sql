ALTER TABLE parents ADD name text;
INSERT INTO children VALUES (2, 8);
