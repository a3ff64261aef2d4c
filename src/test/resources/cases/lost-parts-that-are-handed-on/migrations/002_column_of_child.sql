ALTER TABLE child ADD COLUMN outline text;
