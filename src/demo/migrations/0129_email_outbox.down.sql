DROP TABLE email_outbox;
DROP FUNCTION notify_outbox();
