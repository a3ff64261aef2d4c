ALTER TABLE sale RENAME COLUMN amount TO total;
