SELECT nextval('numbers');
ALTER TABLE wages ADD COLUMN raised date;
