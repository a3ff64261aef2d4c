CREATE OR REPLACE VIEW customer_name AS SELECT id, name, email FROM customer;
