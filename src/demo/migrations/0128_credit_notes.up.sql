-- Finance: invoices are never changed, a credit note corrects them.
CREATE TABLE billing.credit_notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id bigint NOT NULL REFERENCES billing.invoices (id),
    reason text NOT NULL,
    net positive_amount NOT NULL,
    tax positive_amount NOT NULL,
    issued_on date NOT NULL DEFAULT CURRENT_DATE
);

CREATE VIEW billing.invoice_balance AS
SELECT i.id AS invoice_id,
       i.net + i.tax - coalesce(sum(c.net + c.tax), 0) AS balance
FROM billing.invoices i
LEFT JOIN billing.credit_notes c ON c.invoice_id = i.id
GROUP BY i.id;
