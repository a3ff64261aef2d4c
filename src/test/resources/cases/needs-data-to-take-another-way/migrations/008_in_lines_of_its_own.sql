DO $$
BEGIN
  UPDATE users SET mail = lower(mail);
  ALTER TABLE users
    ADD COLUMN phone text,
    DROP COLUMN address;
END $$;
