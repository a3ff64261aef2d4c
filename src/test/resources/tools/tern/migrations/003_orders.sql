SET search_path TO app;
CREATE TABLE orders (id bigint PRIMARY KEY);

---- create above / drop below ----

DROP TABLE app.orders;
