SELECT 'SELECT ' || n FROM generate_series(1, 3000000) AS n \gexec
