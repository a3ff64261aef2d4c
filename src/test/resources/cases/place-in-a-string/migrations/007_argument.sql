DO $$
BEGIN
  EXECUTE format(
    $f$SELECT %I, '100%%'
    FROM %I$f$,
    'wight', 'parcel');
END $$;
