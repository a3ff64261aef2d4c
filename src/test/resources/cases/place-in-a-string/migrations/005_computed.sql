DO $$
BEGIN
  PERFORM 1;
  EXECUTE 'SELECT count(*) '
    || 'FROM parcel WHERE wight > 1';
END $$;
