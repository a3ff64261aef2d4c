CREATE TABLE confiture.own (id int);
