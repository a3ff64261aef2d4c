CREATE ROLE app;
CREATE TABLE settings (name text, value text);
CREATE TABLE users (id int, mail text);
ALTER TABLE settings OWNER TO app;
ALTER TABLE users OWNER TO app;
GRANT CREATE ON SCHEMA public TO app;
