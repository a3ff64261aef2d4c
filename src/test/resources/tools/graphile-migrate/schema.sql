CREATE TABLE public.users (id bigint PRIMARY KEY, name text);
CREATE SCHEMA graphile_migrate;
CREATE TABLE graphile_migrate.migrations (hash text PRIMARY KEY, previous_hash text REFERENCES graphile_migrate.migrations, filename text NOT NULL, date timestamptz NOT NULL DEFAULT now());
INSERT INTO graphile_migrate.migrations (hash, previous_hash, filename) VALUES ('sha1:d63fe57c7f4b9fac962a6945c86156ff80f081e2', NULL, '000001.sql'), ('sha1:0c92cb360d5072c18332ee9454ee34f205854424', 'sha1:d63fe57c7f4b9fac962a6945c86156ff80f081e2', '000002.sql');
