CREATE TABLE here (id int);
