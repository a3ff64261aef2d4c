ALTER TABLE other.in_other ADD COLUMN n int;
ALTER TABLE app.in_app ADD COLUMN n int;
ALTER TABLE public.in_public ADD COLUMN n int;
ALTER TABLE public.in_public_too ADD COLUMN n int;
ALTER TABLE app.in_app_too ADD COLUMN n int;
