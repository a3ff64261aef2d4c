SET LOCAL ROLE other;
CREATE TABLE of_other (id int);
