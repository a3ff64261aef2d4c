COPY depot (id, city) FROM stdin WITH CSV;
1,"Lyon
2e"
2,"Aix

en
Provence"
2,Paris
\.
