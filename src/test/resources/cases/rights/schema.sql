CREATE TABLE users (id int PRIMARY KEY, email text, nick_name text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
ALTER TABLE users OWNER TO app;
ALTER TABLE orders OWNER TO app;
CREATE TABLE payroll (id int);
ALTER TABLE payroll OWNER TO boss;
