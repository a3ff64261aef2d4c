CREATE TEMP TABLE c (a text); COPY c FROM stdin; SELECT 'after the data'; /* ; */ SELECT 1;
one
\.
COPY c FROM stdin; COPY c FROM stdin;
two
\.
three
\.
SELECT 2;
