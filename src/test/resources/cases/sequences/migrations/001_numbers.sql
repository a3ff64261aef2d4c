-- 42 is the next number, and 41 is one that was given.
DO $$
BEGIN
    IF nextval('invoice_number') <> 42 THEN
        RAISE EXCEPTION 'the sequence is not where production left it';
    END IF;
END $$;
INSERT INTO invoices DEFAULT VALUES;
SELECT setval('invoice_number', 1000);
