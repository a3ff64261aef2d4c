COPY shift_2024 (day, hours) FROM stdin;
2024-01-01	7
2024-01-02	26
\.
