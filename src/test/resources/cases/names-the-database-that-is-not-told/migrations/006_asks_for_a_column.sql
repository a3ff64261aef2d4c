DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM information_schema.columns
      WHERE table_catalog = current_database() AND column_name = 'phone') THEN
    RAISE EXCEPTION 'phone is missing';
  END IF;
END $$;
