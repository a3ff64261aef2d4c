ALTER TABLE billing.customers DROP COLUMN vat_id;
