SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE rolname = 'nobody of this name' \gexec
SELECT '' \gexec
SELECT 'SELECT 1' AS a, 'SELECT :a' AS "B" WHERE false
\gexec
