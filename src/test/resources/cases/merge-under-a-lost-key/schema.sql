-- As of pg_dump --schema=public: production has the function kit.fold too.
GRANT ALL ON SCHEMA public TO PUBLIC;
CREATE TABLE public.price (id integer, code text, net integer);
GRANT ALL ON TABLE public.price TO PUBLIC;
CREATE UNIQUE INDEX price_code ON public.price USING btree (kit.fold(code));
