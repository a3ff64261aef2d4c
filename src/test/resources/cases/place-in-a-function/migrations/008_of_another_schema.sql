CREATE SCHEMA stock;
CREATE FUNCTION stock.count_all() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN of_nobody();
END $$;
CREATE FUNCTION public.count_all() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN 1;
END $$;
SELECT stock.count_all();
