CREATE TABLE public.users (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

CREATE SCHEMA hdb_catalog;

CREATE TABLE hdb_catalog.hdb_version (
    hasura_uuid uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    version text NOT NULL,
    upgraded_on timestamp with time zone NOT NULL,
    cli_state jsonb DEFAULT '{}'::jsonb NOT NULL,
    console_state jsonb DEFAULT '{}'::jsonb NOT NULL
);

INSERT INTO hdb_catalog.hdb_version (version, upgraded_on, cli_state) VALUES
    ('48', '2022-06-08 00:00:00+00', '{"settings": {"migration_mode": "true"}, "migrations": {"default": {"1654696186008": false}, "other": {"1654698227514": false}}, "isStateCopyCompleted": false}');
