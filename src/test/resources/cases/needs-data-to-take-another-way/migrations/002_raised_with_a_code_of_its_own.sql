DO $$
BEGIN
  IF (SELECT count(*) FROM settings) = 0 THEN
    RAISE EXCEPTION 'not ready' USING ERRCODE = '42P01';
  END IF;
END $$;
