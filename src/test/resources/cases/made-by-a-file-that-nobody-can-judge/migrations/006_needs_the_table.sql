ALTER TABLE till ADD COLUMN place text;
