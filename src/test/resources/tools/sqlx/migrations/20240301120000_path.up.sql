SET search_path = app;
CREATE TABLE orders (id bigint PRIMARY KEY);
