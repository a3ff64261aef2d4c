\restrict WkMBf1NUPdag5h
\set ON_ERROR_STOP on
SELECT 1;
\connect shop
  \i other.sql
SELECT '\not one', E'\n' \gexec
SELECT 2; \echo done; SELECT 3;
SELECT 4
\g
\unrestrict WkMBf1NUPdag5h
