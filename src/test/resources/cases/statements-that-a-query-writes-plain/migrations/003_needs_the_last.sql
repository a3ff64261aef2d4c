ALTER TABLE late ADD COLUMN note text;
