ALTER TABLE land.area ADD COLUMN outline text;
