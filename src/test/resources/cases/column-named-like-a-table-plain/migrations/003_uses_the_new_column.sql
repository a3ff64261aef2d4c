CREATE INDEX invoice_total ON invoice (total);
