SELECT 1;
ALTER TABLE nosuch ADD x int;
