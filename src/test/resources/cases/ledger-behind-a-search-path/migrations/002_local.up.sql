CREATE TABLE app.orders (id int);
SET LOCAL search_path TO app;
ALTER TABLE orders ADD x int;
