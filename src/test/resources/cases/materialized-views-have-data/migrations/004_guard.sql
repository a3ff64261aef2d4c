DO $$
BEGIN
  IF EXISTS (SELECT FROM a_month WHERE total < 0) THEN
    RAISE EXCEPTION 'negative';
  END IF;
END $$;
