ALTER TABLE sale ADD COLUMN note text, ALTER COLUMN spare TYPE varchar(9);
