CREATE TABLE other (id integer);
ALTER TABLE made ADD COLUMN name text;
