DROP INDEX users_email;
ALTER TABLE notes ADD COLUMN n int;
