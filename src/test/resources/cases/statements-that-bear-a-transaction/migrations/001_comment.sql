-- VACUUM users once this is deployed
/* CREATE INDEX CONCURRENTLY */
CREATE TABLE notes (id int);
