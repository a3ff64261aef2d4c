ALTER TABLE sale ADD COLUMN note text;
