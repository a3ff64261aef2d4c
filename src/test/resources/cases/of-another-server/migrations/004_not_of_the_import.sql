CREATE VIEW nothing AS SELECT id FROM public.nothings;
