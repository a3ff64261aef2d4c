ALTER TABLE sale ADD COLUMN note nosuchtype;
