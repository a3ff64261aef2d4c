-- Reminders, three levels.
CREATE TABLE billing.dunning_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id bigint NOT NULL REFERENCES billing.invoices (id),
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    sent_on date NOT NULL DEFAULT CURRENT_DATE,
    UNIQUE (invoice_id, level)
);
