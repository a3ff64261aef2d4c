CREATE ROLE app;
CREATE TABLE users (id int PRIMARY KEY, email text);
ALTER TABLE users OWNER TO app;
