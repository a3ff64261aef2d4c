SELECT EXISTS (
  SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'nick_name'
) AS has_nick_name,
current_setting('server_version_num')::int >= 100000 AS is_ten
\gset

\if :has_nick_name
  \if :is_ten
ALTER TABLE users RENAME nick_name TO handle;
  \else
ALTER TABLE users DROP COLUMN nobody_is_here;
  \endif
\else
  \! touch never
ALTER TABLE users ADD COLUMN handle text;
\endif

SELECT handle FROM users;
