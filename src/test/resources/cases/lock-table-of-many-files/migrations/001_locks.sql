SELECT count(pg_advisory_xact_lock(n)) FROM generate_series(1, 8000) n;
