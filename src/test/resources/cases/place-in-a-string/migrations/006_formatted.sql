DO $$
BEGIN
  EXECUTE format('SELECT %I FROM %I WHERE wight > %L', 'label', 'parcel', 3);
END $$;
