ALTER TABLE plain ADD COLUMN at nosuch_type;
