CREATE TEMP TABLE c (a text);
COPY c FROM stdin \g
one;
\.
COPY c FROM stdin
\g
two;
\.
SELECT 1;
