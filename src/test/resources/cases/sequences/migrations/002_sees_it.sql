SELECT 1 / (nextval('invoice_number') - 1001);
