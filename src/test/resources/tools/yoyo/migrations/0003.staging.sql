-- staging
-- depends: 0001.users

SET search_path TO import;
CREATE TABLE public.staging (id bigint PRIMARY KEY, name text);
ALTER TABLE public.users ADD name text;
