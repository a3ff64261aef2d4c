CREATE ROLE boss;
CREATE ROLE app;
CREATE TABLE payroll (id int PRIMARY KEY, amount int);
CREATE TABLE rates (id int PRIMARY KEY);
CREATE TABLE users (id int PRIMARY KEY);
ALTER TABLE payroll OWNER TO boss;
ALTER TABLE rates OWNER TO boss;
ALTER TABLE users OWNER TO app;
GRANT SELECT ON rates TO app;
