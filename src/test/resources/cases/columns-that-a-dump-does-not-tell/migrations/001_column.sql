ALTER TABLE place ADD COLUMN note text;
