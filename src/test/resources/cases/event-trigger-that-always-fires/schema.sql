CREATE TABLE users (id int PRIMARY KEY);
ALTER TABLE users OWNER TO shop_app;
CREATE FUNCTION police() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'no % as %', tg_tag, current_user;
END $$;
ALTER FUNCTION police() OWNER TO shop_app;
GRANT CREATE ON SCHEMA public TO shop_app;
CREATE EVENT TRIGGER police ON ddl_command_start
  WHEN TAG IN ('CREATE FUNCTION', 'GRANT', 'REVOKE', 'ALTER FUNCTION', 'ALTER TABLE')
  EXECUTE FUNCTION police();
ALTER EVENT TRIGGER police ENABLE ALWAYS;
