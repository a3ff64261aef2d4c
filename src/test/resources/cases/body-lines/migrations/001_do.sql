-- one
DO $$
DECLARE
  n int;
BEGIN
  n := 1;
  UPDATE users SET nope = n;
END $$;
