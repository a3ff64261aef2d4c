ALTER TABLE depots ADD COLUMN phone text;
