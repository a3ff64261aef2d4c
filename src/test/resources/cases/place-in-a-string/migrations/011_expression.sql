DO $$
DECLARE
  many int := 1;
BEGIN
  many := many + wight;
END $$;
