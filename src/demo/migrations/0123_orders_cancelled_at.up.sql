ALTER TABLE orders ADD COLUMN cancelled_at timestamptz;
ALTER TABLE orders ADD CONSTRAINT orders_cancelled_at_check
    CHECK (cancelled_at IS NULL OR status = 'cancelled');
