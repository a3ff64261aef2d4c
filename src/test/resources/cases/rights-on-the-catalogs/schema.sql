CREATE ROLE app;
CREATE TABLE t (id int);
ALTER TABLE t OWNER TO app;
GRANT CREATE ON SCHEMA public TO app;
CREATE ROLE other;
CREATE TABLE version (id int);
ALTER TABLE version OWNER TO other;
