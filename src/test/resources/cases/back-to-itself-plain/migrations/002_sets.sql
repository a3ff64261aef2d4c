SET ROLE NONE;
SET SESSION AUTHORIZATION DEFAULT;
RESET ROLE;
SET ROLE TO 'none';
SET SESSION ROLE = DEFAULT;
SET session_authorization TO DEFAULT;
DO $$
BEGIN
  IF current_user <> (SELECT tableowner FROM pg_tables WHERE tablename = 'mine')
     OR current_user <> 'app' THEN
    RAISE EXCEPTION 'this is %', current_user;
  END IF;
END $$;
