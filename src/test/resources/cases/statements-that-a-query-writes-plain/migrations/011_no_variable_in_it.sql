\set a 1
SELECT 'SELECT :a' \gexec
