DO $$
DECLARE
  n int;
  one public.shelves%ROWTYPE;
BEGIN
  n := 1;
END $$;
