GRANT SELECT ON invoices TO auditor;
