ALTER TABLE app.users RENAME COLUMN name TO full_name;
ALTER TABLE app.users ALTER COLUMN emial SET NOT NULL;
