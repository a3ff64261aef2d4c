SELECT pg_read_file('PG_VERSION');
