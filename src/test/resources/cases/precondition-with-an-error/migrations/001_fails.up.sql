CREATE TABLE late (id int);
SELECT nosuch;
