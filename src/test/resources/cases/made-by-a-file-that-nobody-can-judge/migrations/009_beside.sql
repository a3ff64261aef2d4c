ALTER TABLE sale ADD COLUMN more text;
