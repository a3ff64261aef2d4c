ALTER TABLE customer ADD COLUMN a text;
  ALTER TABLE customer ADD COLUMN b text;
