SELECT 1;
ALTER INDEX users_email RENAME TO users_by_email;
