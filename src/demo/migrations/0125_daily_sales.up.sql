-- Numbers for the sales dashboard, refreshed at night.
CREATE MATERIALIZED VIEW daily_sales AS
SELECT (o.created_at AT TIME ZONE 'Europe/Berlin')::date AS day,
       o.currency,
       count(*) AS orders,
       sum(o.total) AS total
FROM orders o
WHERE o.status IN ('paid', 'shipped', 'delivered')
GROUP BY 1, 2;

CREATE UNIQUE INDEX daily_sales_key ON daily_sales (day, currency);
