COPY shift_2024 (day, hours, note) FROM stdin;
2024-01-01	7	a\
b
\N	6	c
\.
