CREATE TABLE public.schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
CREATE TABLE public.parcels (id bigint PRIMARY KEY);
INSERT INTO public.schema_migrations VALUES (2, false);
