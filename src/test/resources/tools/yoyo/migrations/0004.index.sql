-- depends: 0002.name
-- transactional: false
CREATE INDEX CONCURRENTLY users_name ON users (name);
DROP INDEX CONCURRENTLY users_name;
