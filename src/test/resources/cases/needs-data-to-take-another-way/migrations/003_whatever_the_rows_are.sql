DO $$
BEGIN
  UPDATE users SET mail = lower(mail);
  ALTER TABLE users RENAME COLUMN address TO mail;
END $$;
