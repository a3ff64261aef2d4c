DO $$
BEGIN
  ALTER TABLE roles ADD COLUMN note text;
  RAISE EXCEPTION 'not yet';
END $$;
