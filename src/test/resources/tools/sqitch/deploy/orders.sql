CREATE TABLE shop.orders (id int PRIMARY KEY, user_id int REFERENCES shop.users);
