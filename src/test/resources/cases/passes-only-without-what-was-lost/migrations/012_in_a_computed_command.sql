DO $$
DECLARE doomed text;
BEGIN
  FOREACH doomed IN ARRAY ARRAY['kind'] LOOP
    EXECUTE format('ALTER TABLE %I DROP COLUMN %I', 'sale', doomed);
  END LOOP;
END $$;
