SET transaction_read_only = off;
CREATE TABLE lines (id int);
