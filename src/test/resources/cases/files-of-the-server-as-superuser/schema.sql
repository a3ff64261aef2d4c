CREATE ROLE app;
CREATE TABLE users (id int PRIMARY KEY, email text);
ALTER TABLE users OWNER TO app;
CREATE TABLE lines (line text);
ALTER TABLE lines OWNER TO app;
