GRANT SELECT ON invoices TO accountant;
