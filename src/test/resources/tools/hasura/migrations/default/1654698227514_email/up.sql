ALTER TABLE public.users ADD COLUMN email text;
CREATE TEMPORARY TABLE seen AS SELECT id FROM public.users;
