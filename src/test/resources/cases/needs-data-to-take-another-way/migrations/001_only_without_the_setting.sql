DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM settings WHERE name = 'ready') THEN
    ALTER TABLE users RENAME COLUMN address TO mail;
  END IF;
END $$;
