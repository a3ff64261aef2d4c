BEGIN;
CREATE VIEW :app.report AS
  SELECT u.mail FROM :app.users u JOIN :app.orders o ON o.user_id = u.id;
COMMIT;
