DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM roles WHERE name = 'admin') THEN
    RAISE EXCEPTION 'no admin';
  END IF;
END $$;
