CREATE TABLE notes (id int);
INSERT INTO city VALUES (1, 1);
INSERT INTO country VALUES (1);

INSERT INTO city VALUES (2, 7);
ALTER TABLE notes ADD COLUMN text text;
