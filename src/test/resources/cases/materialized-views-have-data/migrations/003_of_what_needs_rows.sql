CREATE MATERIALIZED VIEW further AS SELECT count(*) AS n FROM needs_rows;
