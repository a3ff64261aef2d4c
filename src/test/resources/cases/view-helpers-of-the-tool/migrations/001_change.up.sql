SELECT confiture.save_and_drop_dependent_views(ARRAY['public']);
ALTER TABLE users ALTER COLUMN id TYPE int;
SELECT confiture.recreate_saved_views();
