CREATE VIEW mails AS SELECT email FROM users;
