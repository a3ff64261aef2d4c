BEGIN;
CREATE TABLE kept (id int);
COMMIT;
ALTER TABLE wages ADD COLUMN paid date;
