CREATE TABLE shop.invoices (id bigint REFERENCES shop.orders);
