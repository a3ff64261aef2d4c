CREATE VIEW totals AS SELECT count(*) FROM invoices;
