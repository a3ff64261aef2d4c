ALTER TABLE app.third ADD COLUMN n int;
ALTER TABLE public.other ADD COLUMN n int;
