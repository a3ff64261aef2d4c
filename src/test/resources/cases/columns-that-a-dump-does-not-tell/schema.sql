-- As of pg_dump --schema=public: production has the schema kit too, with a type and functions.
GRANT CREATE ON SCHEMA public TO PUBLIC;
CREATE TABLE public.place (
    id integer NOT NULL,
    outline kit.shape,
    name text,
    CONSTRAINT place_named CHECK ((name <> ''::text)),
    CONSTRAINT place_closed CHECK (kit.is_closed(outline))
);
CREATE TABLE public.visit (
    id integer NOT NULL,
    place integer,
    at text DEFAULT kit.stamp() NOT NULL,
    CONSTRAINT visit_fits CHECK (kit.fits(place))
);
CREATE TABLE public.site (
    area kit.shape NOT NULL,
    id integer,
    size integer GENERATED ALWAYS AS (kit.size(id)) STORED
);
CREATE TABLE public.day (id integer, day date, outline kit.shape) PARTITION BY RANGE (day);
CREATE TABLE public.old_day (id integer, day date, outline kit.shape);
ALTER TABLE ONLY public.place ADD CONSTRAINT place_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.visit ADD CONSTRAINT visit_place_fkey FOREIGN KEY (place) REFERENCES public.place(id);
CREATE INDEX place_outline ON public.place USING btree (outline);
