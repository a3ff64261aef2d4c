SELECT nope FROM users;
CREATE INDEX CONCURRENTLY users_email ON users (email);
SELECT nope FROM orders;
