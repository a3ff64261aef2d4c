ALTER TABLE lost ADD x int;
