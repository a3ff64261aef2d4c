ALTER TABLE pg_class ADD COLUMN note text;
