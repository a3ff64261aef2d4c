ALTER TABLE seats ADD COLUMN note text;
