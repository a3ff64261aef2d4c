SET search_path TO app;
CREATE TABLE orders (id int);
