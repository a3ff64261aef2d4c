DROP INDEX orders_on_hold_idx;
ALTER TABLE orders DROP COLUMN held_until, DROP COLUMN held_reason;
