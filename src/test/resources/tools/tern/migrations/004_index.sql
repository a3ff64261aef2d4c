---- tern: disable-tx ----
CREATE INDEX CONCURRENTLY users_ids ON users (id);
DROP INDEX CONCURRENTLY users_ids;
