SELECT count(pg_advisory_xact_lock(n)) FROM generate_series(8001, 16000) n;
