SET statement_timeout = '300ms';
SELECT 'SELECT pg_sleep(5)' || repeat(' ', 500) || ', 1' \gexec
