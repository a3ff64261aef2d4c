ALTER TABLE users ADD name text NOT NULL;
