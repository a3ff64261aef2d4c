SET default_transaction_read_only = on;
CREATE TABLE orders (id int);
