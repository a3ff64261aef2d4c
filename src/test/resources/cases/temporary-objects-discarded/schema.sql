CREATE TABLE harvest (id int PRIMARY KEY, kilos numeric);
