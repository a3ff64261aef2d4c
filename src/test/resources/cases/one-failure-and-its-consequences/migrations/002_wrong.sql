CREATE TABLE invoices (id int PRIMARY KEY);
ALTER TABLE nosuch ADD COLUMN x int;
