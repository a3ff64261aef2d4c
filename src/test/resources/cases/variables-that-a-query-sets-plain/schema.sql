CREATE TABLE users (id int PRIMARY KEY, email text, nick_name text);
CREATE TABLE settings (name text PRIMARY KEY, value text);
