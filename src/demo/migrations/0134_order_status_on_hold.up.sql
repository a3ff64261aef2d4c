-- Orders can wait for a fraud check. Used from 0135 on.
ALTER TYPE order_status ADD VALUE 'on_hold' AFTER 'paid';
