-- As of pg_dump --schema=public: production has the schema kit too, with a type and functions.
GRANT CREATE ON SCHEMA public TO PUBLIC;
CREATE TABLE public.place (id integer NOT NULL, outline kit.shape NOT NULL, name text);
CREATE TABLE public.child (CONSTRAINT child_named CHECK ((name <> ''::text))) INHERITS (public.place);
CREATE TABLE public.visit (
    id integer NOT NULL,
    at text DEFAULT kit.stamp() NOT NULL,
    CONSTRAINT visit_fits CHECK (kit.fits(id))
);
CREATE TABLE public.log (id integer, name text);
CREATE TABLE public.day (id integer, day date, outline kit.shape) PARTITION BY RANGE (day);
ALTER TABLE ONLY public.place ADD CONSTRAINT place_outline_key UNIQUE (outline);
