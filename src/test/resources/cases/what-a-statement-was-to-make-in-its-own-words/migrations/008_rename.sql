ALTER TABLE users RENAME TO orders;
