ALTER TABLE quota RENAME COLUMN invoice TO invoice_max;
