ALTER TABLE doves ADD COLUMN ring int;
