ALTER TABLE invioces ADD COLUMN n int;
