ALTER TABLE payments ALTER COLUMN method TYPE text;
DROP TYPE payment_method;
