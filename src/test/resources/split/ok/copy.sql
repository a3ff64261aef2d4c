COPY t (a, b) FROM stdin;
1	it's; --
2	\\.
\.x
\.

COPY t TO stdout; COPY "from" FROM STDIN WITH (FORMAT csv);
"a;b",/*
\.
SELECT 1;
COPY t FROM '/tmp/stdin'; SELECT 2;
