CREATE TEMP TABLE c (a text);
COPY c FROM stdin;
one
\. 
SELECT 1;
