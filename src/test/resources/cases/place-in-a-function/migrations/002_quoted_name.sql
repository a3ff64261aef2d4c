CREATE SCHEMA "Odd Names";
CREATE FUNCTION "Odd Names"."The ""best"" (one)"(a int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN a / 0;
END $$;
SELECT "Odd Names"."The ""best"" (one)"(1);
