CREATE INDEX CONCURRENTLY customer_email ON customer (email);
