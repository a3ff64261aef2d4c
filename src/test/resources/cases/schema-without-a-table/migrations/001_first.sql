CREATE TABLE app.orders (id int PRIMARY KEY, kind app.kind);
