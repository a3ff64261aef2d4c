ALTER TABLE child ADD COLUMN note text;
