CREATE FUNCTION ratio(a int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN a / 0;
END $$;
CREATE FUNCTION ratio(a int, b int DEFAULT 2, OUT c int) LANGUAGE plpgsql AS $$
BEGIN
  c := a / b;
END $$;
CREATE FUNCTION outer_one() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN ratio(1::int, 0);
END $$;
SELECT outer_one();
