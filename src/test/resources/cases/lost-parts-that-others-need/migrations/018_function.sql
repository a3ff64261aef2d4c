SELECT count(*) FROM counters();
