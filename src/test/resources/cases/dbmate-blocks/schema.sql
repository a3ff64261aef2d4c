CREATE TABLE public.schema_migrations (version character varying(128) NOT NULL PRIMARY KEY);
CREATE TABLE public.parcels (id bigint PRIMARY KEY);
INSERT INTO public.schema_migrations VALUES ('20240101');
