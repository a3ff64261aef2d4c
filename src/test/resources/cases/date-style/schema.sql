CREATE TABLE users (id int PRIMARY KEY, email text, born date);
