ALTER TABLE invoices ALTER COLUMN total SET DEFAULT current_setting('billing.minimum')::numeric;
INSERT INTO invoices (id) VALUES (1);
