CREATE TABLE made_before (id int);
SELECT oid FROM pg_class WHERE relname = 'not_there' \gset
DROP TABLE made_before;
