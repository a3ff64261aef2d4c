COPY parcel (id, weight, label) FROM stdin;
1	2.5	small
2	3.5	far too large
\.
CREATE TABLE after_it (id int);
