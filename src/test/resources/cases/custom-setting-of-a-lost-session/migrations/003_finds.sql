DO $$
BEGIN
  EXECUTE format('ALTER TABLE %I.users ADD COLUMN b text', current_setting('app.tenant'));
END $$;
