CREATE VIEW crate_ids AS SELECT id FROM public.crates;
