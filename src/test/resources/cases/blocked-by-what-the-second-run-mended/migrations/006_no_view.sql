DROP VIEW mails;
DROP VIEW letters;
