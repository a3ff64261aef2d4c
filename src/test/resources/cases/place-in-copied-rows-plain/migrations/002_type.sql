-- the columns are not named
COPY depot FROM stdin;
1	Lyon
x2	Paris
\.
