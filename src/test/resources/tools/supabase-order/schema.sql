CREATE SCHEMA supabase_migrations;
CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101120000', '{}', 'users'), ('20240301120000', '{}', 'of another branch');
