ALTER TABLE shelf_old ADD COLUMN x int;
