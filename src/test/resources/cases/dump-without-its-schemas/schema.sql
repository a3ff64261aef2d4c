SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE shop.orders (id bigint NOT NULL, customer_id bigint);
ALTER TABLE shop.orders OWNER TO clerk;
CREATE TABLE public.notes (id bigint NOT NULL);
ALTER TABLE public.notes OWNER TO clerk;
ALTER TABLE ONLY shop.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
