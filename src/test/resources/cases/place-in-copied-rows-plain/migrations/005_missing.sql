COPY depot (id, city) FROM stdin;
1	Lyon
2
\.
