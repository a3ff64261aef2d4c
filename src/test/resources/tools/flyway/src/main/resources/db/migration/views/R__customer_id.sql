CREATE OR REPLACE VIEW customer_id AS SELECT id FROM customer;
