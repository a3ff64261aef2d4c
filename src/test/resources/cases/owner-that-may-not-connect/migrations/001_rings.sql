ALTER TABLE doves ADD COLUMN ring text;
