ALTER TABLE place ADD COLUMN outline int;
ALTER TABLE place DROP COLUMN outline;
