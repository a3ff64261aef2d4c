-- name
-- depends: 0003.staging

UPDATE users SET name = s.name FROM staging s WHERE s.id = users.id;
ALTER TABLE users ALTER name SET DEFAULT '';
