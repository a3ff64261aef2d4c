ALTER TABLE before_it ADD COLUMN note text;
