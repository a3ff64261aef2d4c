CREATE FUNCTION share() RETURNS int LANGUAGE sql
AS $$
  SELECT 1;
  SELECT 1 / (SELECT count(*) FROM depot WHERE id < 0)::int;
$$;
SELECT share();
