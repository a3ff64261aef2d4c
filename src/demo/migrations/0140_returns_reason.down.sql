ALTER TABLE returns DROP COLUMN reason_id;
