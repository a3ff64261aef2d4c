ALTER TABLE goes ADD COLUMN note text;
