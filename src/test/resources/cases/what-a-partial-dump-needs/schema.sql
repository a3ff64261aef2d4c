-- As of pg_dump --schema-only --exclude-table=parcel: what needs it cannot be restored.
GRANT CREATE ON SCHEMA public TO PUBLIC;
CREATE SCHEMA depot;
CREATE TABLE public.shelf (id integer NOT NULL, size public.extent);
CREATE TABLE public.truck (id integer NOT NULL);
CREATE VIEW public.heavy AS SELECT parcel.id FROM public.parcel WHERE (parcel.weight > 30);
CREATE INDEX truck_load ON public.truck USING btree (depot.load_of(id));
