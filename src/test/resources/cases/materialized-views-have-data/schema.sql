CREATE TABLE sale (id int PRIMARY KEY, day date, amount numeric);
ALTER TABLE sale OWNER TO clerk;
CREATE FUNCTION latest() RETURNS date LANGUAGE plpgsql AS $$
DECLARE
  found date;
BEGIN
  SELECT max(day) INTO STRICT found FROM public.sale HAVING count(*) > 0;
  RETURN found;
END $$;
CREATE MATERIALIZED VIEW a_month AS
  SELECT month, sum(total) AS total FROM (SELECT 1 AS month, 2 AS total) AS x GROUP BY month
  WITH NO DATA;
CREATE MATERIALIZED VIEW day_total AS
  SELECT day, sum(amount) AS total FROM sale GROUP BY day
  WITH NO DATA;
CREATE UNIQUE INDEX day_total_day ON day_total (day);
CREATE MATERIALIZED VIEW above AS SELECT count(*) AS days FROM day_total WITH NO DATA;
CREATE MATERIALIZED VIEW needs_rows AS SELECT latest() AS day WITH NO DATA;
ALTER MATERIALIZED VIEW day_total OWNER TO clerk;
ALTER MATERIALIZED VIEW needs_rows OWNER TO clerk;
