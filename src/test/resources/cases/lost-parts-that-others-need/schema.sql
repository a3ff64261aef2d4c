-- As of pg_dump --schema=public --schema=geo: production has the schema kit too, with a type and functions.
SET check_function_bodies = false;
GRANT CREATE ON SCHEMA public TO PUBLIC;
CREATE SCHEMA geo;
GRANT USAGE, CREATE ON SCHEMA geo TO PUBLIC;
CREATE DOMAIN public.marked AS kit.shape NOT NULL;
CREATE TABLE public.place (id integer NOT NULL, outline kit.shape, name text, CONSTRAINT place_fits CHECK (kit.fits(id)));
CREATE TABLE public.pair (id integer NOT NULL, outline text);
CREATE TABLE public.counter (id integer DEFAULT kit.next() NOT NULL, doubled integer GENERATED ALWAYS AS (kit.twice(id)) STORED);
CREATE TABLE public.stone (id integer, outline kit.shape NOT NULL, name text);
CREATE TABLE public.mark (id integer, at public.marked);
CREATE TABLE geo.area (id integer, outline kit.shape);
CREATE VIEW public.stones AS
 SELECT stone.id,
    stone.name
   FROM public.stone;
CREATE VIEW public.named_stones AS
 SELECT stones.id,
    stones.name
   FROM public.stones
  WHERE (stones.name IS NOT NULL);
CREATE FUNCTION public.counters() RETURNS TABLE(id integer, doubled integer)
    LANGUAGE sql
    AS $$SELECT * FROM public.counter$$;
CREATE FUNCTION public.halves() RETURNS SETOF public.pair
    LANGUAGE plpgsql
    AS $$BEGIN RETURN QUERY SELECT id, name FROM public.place; END$$;
CREATE FUNCTION public.each_counter() RETURNS TABLE(id integer, doubled integer)
    LANGUAGE plpgsql
    AS $$BEGIN RETURN QUERY SELECT * FROM public.counter; END$$;
