CREATE TEMP TABLE draft (LIKE place);
ALTER TABLE draft ADD COLUMN outline text;
