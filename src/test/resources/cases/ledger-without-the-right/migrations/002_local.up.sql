SET LOCAL ROLE clerk;
CREATE TABLE lines (id int);
