SELECT 'CREATE TABLE queried (id int)' AS command, true AS go_on \gset
:command;
\if :go_on
SELECT format('ALTER TABLE %I ADD COLUMN %I int', 'queried', column_name)
FROM unnest(ARRAY['a', 'b']) AS column_name \gexec
\endif
SELECT attname AS last FROM pg_attribute
WHERE attrelid = 'queried'::regclass ORDER BY attnum DESC LIMIT 1 \gset
ALTER TABLE queried DROP COLUMN :"last";
ALTER TABLE queried DROP COLUMN a, DROP COLUMN b;
