SELECT format('CREATE SCHEMA %I', name) FROM tenant_names
\gexec
