CREATE TABLE c (a int, b text);
COPY c FROM stdin;
1	one; 'quoted
2	\N
\.
ALTER TABLE c ADD PRIMARY KEY (a);
