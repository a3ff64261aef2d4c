CREATE FUNCTION doubled(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC
  SELECT n; SELECT n * 2;
END;
-- atlas:nolint
SELECT doubled(21);
