CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE TABLE public.orders (id bigint PRIMARY KEY);
CREATE TABLE public.changelog (
    id numeric(20,0) NOT NULL,
    applied_at character varying(25) NOT NULL,
    description character varying(255) NOT NULL
);
ALTER TABLE ONLY public.changelog ADD CONSTRAINT changelog_pkey PRIMARY KEY (id);
INSERT INTO public.changelog VALUES (20240101120000, '2024-01-01 12:00:10', 'create changelog');
INSERT INTO public.changelog VALUES (20240102120000, '2024-01-02 12:00:10', 'users');
INSERT INTO public.changelog VALUES (20240301120000, '2024-03-01 12:00:10', 'orders');
