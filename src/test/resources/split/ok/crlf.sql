SELECT 1;
-- a comment;
SELECT '
;',
  2;
\echo x
CREATE TEMP TABLE c (a text);
COPY c FROM stdin;
one
\.
SELECT 3;
