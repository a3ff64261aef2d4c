CREATE TABLE users (id int PRIMARY KEY, email text, nick_name text);
