SELECT format('CREATE INDEX ON tenants (%I)', relname) FROM pg_class WHERE relname = 'tenants' AND reltuples > 1000 \gexec
