CREATE ROLE app;
CREATE ROLE reader;
CREATE TABLE users (id int PRIMARY KEY, email text);
ALTER TABLE users OWNER TO app;
GRANT SELECT ON users TO reader;
CREATE TABLE notes (id int);
ALTER TABLE notes OWNER TO app;
CREATE TABLE payroll (id int);
ALTER TABLE payroll OWNER TO boss;
