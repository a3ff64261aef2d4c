CREATE INDEX sale_amount ON sale (amount);
