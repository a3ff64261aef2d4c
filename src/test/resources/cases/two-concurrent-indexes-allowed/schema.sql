CREATE TABLE users (id int PRIMARY KEY, email text, nick_name text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
