-- VAT number on invoices to companies.
ALTER TABLE billing.customers ADD COLUMN vat_id text;
ALTER TABLE billing.customers ADD CONSTRAINT customers_vat_id_check
    CHECK (vat_id ~ '^[A-Z]{2}[0-9A-Z]{2,12}$');
