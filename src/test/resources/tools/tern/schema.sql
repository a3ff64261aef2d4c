CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE SCHEMA app;
CREATE TABLE public.schema_version (version int4 NOT NULL PRIMARY KEY);
INSERT INTO public.schema_version VALUES (2);
