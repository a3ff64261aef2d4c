ALTER TABLE many ADD COLUMN name text;
ALTER TABLE later ADD COLUMN name text;
