CREATE TABLE public.changelog (id numeric(20,0) NOT NULL PRIMARY KEY, applied_at character varying(25) NOT NULL, description character varying(255) NOT NULL);
CREATE TABLE public.parcels (id bigint PRIMARY KEY);
INSERT INTO public.changelog VALUES (1, '2024-01-01 10:00:00', 'parcels');
