DROP VIEW billing.invoice_balance;
DROP TABLE billing.credit_notes;
