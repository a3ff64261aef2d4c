-- Why an order waits, and the list that support works through.
ALTER TABLE orders
    ADD COLUMN held_reason text,
    ADD COLUMN held_until timestamptz,
    ADD CONSTRAINT orders_held_reason_check
        CHECK (status <> 'on_hold' OR held_reason IS NOT NULL);

CREATE INDEX orders_on_hold_idx ON orders (held_until) WHERE status = 'on_hold';
