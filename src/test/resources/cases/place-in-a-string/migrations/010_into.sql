DO $$
DECLARE
  heaviest numeric;
BEGIN
  SELECT max(weight) INTO heaviest
    FROM parcel WHERE wight > 1;
END $$;
