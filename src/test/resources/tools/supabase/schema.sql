CREATE SCHEMA supabase_migrations;
CREATE SCHEMA auth;
CREATE TABLE auth.schema_migrations (version character varying(255) PRIMARY KEY);
INSERT INTO auth.schema_migrations VALUES ('20240201120000');
CREATE TABLE public.users (id bigint PRIMARY KEY, name text);
CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
INSERT INTO supabase_migrations.schema_migrations VALUES ('20240101120000', '{"create table users (id bigint primary key, name text)"}', 'users');
