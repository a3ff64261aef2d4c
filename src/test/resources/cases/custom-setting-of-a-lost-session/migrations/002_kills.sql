ALTER TABLE users ADD COLUMN a text;
SELECT pg_terminate_backend(pg_backend_pid());
