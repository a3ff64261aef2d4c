DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['users', 'orders', 'nothing'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN tenant int', name);
  END LOOP;
END $$;
