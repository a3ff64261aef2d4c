INSERT INTO tenants VALUES ('demo');
SELECT format('CREATE SCHEMA %I', name) FROM tenants \gexec
