ALTER TABLE sale ALTER COLUMN kind TYPE varchar(9);
