CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users);
CREATE TABLE tenants (name text PRIMARY KEY);
CREATE VIEW tenant_names AS SELECT name FROM tenants;
