ALTER TABLE wages ADD COLUMN paid date;
