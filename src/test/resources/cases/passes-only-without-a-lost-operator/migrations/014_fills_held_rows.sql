ALTER TABLE pet ADD COLUMN at timestamptz DEFAULT clock_timestamp();
