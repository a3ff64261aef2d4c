CREATE TABLE lines (id int);
