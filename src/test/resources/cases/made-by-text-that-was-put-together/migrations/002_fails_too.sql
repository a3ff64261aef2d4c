DO $$
BEGIN
  EXECUTE format('CREATE TABLE %I (id int)', 'events_' || 2026);
END $$;
ALTER TABLE users DROP COLUMN neither;
