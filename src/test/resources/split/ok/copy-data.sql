CREATE TEMP TABLE c (a int, b text);
COPY c (a, b) FROM stdin; -- what follows is data
1	SELECT 1; 'x
2	-- $$ /*
3	\\.
4	 \.
\.
SELECT 1;
copy c from STDIN with (format csv);
\.
COPY "pg_temp"."c" (a) FROM STDIN WHERE a > 0;

\.

COPY (SELECT 1 AS "from") TO STDOUT; SELECT 2;
COPY c TO stdout; SELECT 3;
COPY c FROM stdout;
5	five
\.
