-- The second one is refused.
SELECT format('CREATE TABLE %I (id int)', name)
FROM unnest(ARRAY['fresh', 'users', 'late']) AS name
\gexec

ALTER TABLE late ADD COLUMN id int;
