DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'users_mail') THEN
    ALTER TABLE users RENAME COLUMN address TO mail;
  END IF;
END $$;
