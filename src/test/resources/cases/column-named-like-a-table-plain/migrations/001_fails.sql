ALTER TABLE other RENAME COLUMN missing TO found;
ALTER TABLE invoice ADD COLUMN total integer;
