CREATE ROLE app; CREATE ROLE other;
CREATE SCHEMA theirs;
ALTER SCHEMA theirs OWNER TO other;
CREATE TABLE t (id int);
CREATE TABLE s (id int);
ALTER TABLE s OWNER TO app;
ALTER TABLE t OWNER TO app;
CREATE TABLE theirs.table_of_theirs (id int);
ALTER TABLE theirs.table_of_theirs OWNER TO other;
