CREATE TABLE twin (LIKE place);
ALTER TABLE twin ADD COLUMN outline text;
