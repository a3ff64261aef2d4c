CREATE TABLE spare (id int);
