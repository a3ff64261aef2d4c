CREATE ROLE app;
CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE INDEX users_email ON users (email);
ALTER TABLE users OWNER TO app;
CREATE SCHEMA mine;
ALTER SCHEMA mine OWNER TO app;
CREATE TABLE mine.things (id int PRIMARY KEY);
ALTER TABLE mine.things OWNER TO app;
GRANT CREATE ON SCHEMA public TO app;
