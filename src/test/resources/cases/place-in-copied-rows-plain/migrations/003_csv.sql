COPY parcel (id, label, weight) FROM stdin WITH (FORMAT csv, HEADER true, DELIMITER ';');
id;label;weight
1;"a;b";1
2;c;heavy
\.
