-- atlas:txmode none

-- A deployment has come to the index, and no further.
ALTER TABLE users ADD email text;
CREATE INDEX CONCURRENTLY users_email ON users (email);
