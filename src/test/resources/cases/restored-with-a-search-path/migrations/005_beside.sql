ALTER TABLE shelf.page ADD COLUMN note text;
