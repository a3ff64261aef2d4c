CREATE SEQUENCE invoice_number;
SELECT setval('invoice_number', 41);
CREATE TABLE invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL DEFAULT nextval('invoice_number')
);
