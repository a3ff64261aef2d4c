SELECT format('CREATE INDEX CONCURRENTLY ON users (%I)', attname)
FROM pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 1
ORDER BY attnum
\gexec
SELECT 'users_nick_name_idx'::regclass;
