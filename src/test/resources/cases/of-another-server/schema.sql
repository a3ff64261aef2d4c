CREATE EXTENSION postgres_fdw;
CREATE SERVER attic FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1');
ALTER SERVER attic OWNER TO clerk;
CREATE USER MAPPING FOR PUBLIC SERVER attic OPTIONS (user 'reader', password 'no-secret');
CREATE TABLE box (id int);
ALTER TABLE box OWNER TO clerk;
