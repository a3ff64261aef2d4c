\set ON_ERROR_STOP on
SELECT 1;
  \echo a;b 'it''s; c'
\connect postgres
SELECT 2; \echo behind a statement
SELECT 3 \g
SELECT 4
\g (format=unaligned)
\i no/such/file.sql
\! true \ ; \\ true
