SELECT format('ALTER TABLE %I ADD COLUMN touched timestamptz', relname)
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
ORDER BY relname \gexec

SELECT u.touched, o.touched, t.touched FROM users u, orders o, tenants t;
