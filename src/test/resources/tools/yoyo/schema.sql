CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE SCHEMA import;
CREATE TABLE public._yoyo_migration (
    migration_hash character varying(64) NOT NULL,
    migration_id character varying(255),
    applied_at_utc timestamp without time zone
);
ALTER TABLE ONLY public._yoyo_migration ADD CONSTRAINT _yoyo_migration_pkey PRIMARY KEY (migration_hash);
INSERT INTO public._yoyo_migration VALUES ('fafccf060ea338d3ee062368503189df2a4dd2159af164d65b6f53b2e27ef162', '0001.users', '2024-01-01 12:00:00');
CREATE TABLE public._yoyo_log (
    id character varying(36) NOT NULL PRIMARY KEY,
    migration_hash character varying(64),
    migration_id character varying(255),
    operation character varying(10),
    username character varying(255),
    hostname character varying(255),
    comment character varying(255),
    created_at_utc timestamp without time zone
);
CREATE TABLE public._yoyo_version (version integer NOT NULL PRIMARY KEY, installed_at_utc timestamp without time zone);
INSERT INTO public._yoyo_version VALUES (2, '2024-01-01 12:00:00');
CREATE TABLE public.yoyo_lock (locked integer DEFAULT 1 NOT NULL PRIMARY KEY, ctime timestamp without time zone, pid integer NOT NULL);
