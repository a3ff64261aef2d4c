ALTER TABLE shelf.page ALTER COLUMN title TYPE varchar(9);
