-- No transaction: a concurrent index build beside others.
ALTER TABLE :"app".users ADD COLUMN email text;
CREATE INDEX CONCURRENTLY users_email ON :app.users (email);
\ir parts/grants.sql
