CREATE TABLE users (id int PRIMARY KEY, email text, nick_name text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
CREATE TABLE parent (id int PRIMARY KEY);
INSERT INTO parent VALUES (1);
CREATE TABLE child (pid int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
