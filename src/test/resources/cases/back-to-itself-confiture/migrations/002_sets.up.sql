SET ROLE NONE;
SET SESSION AUTHORIZATION DEFAULT;
RESET ROLE;
DO $$
BEGIN
  IF current_user <> (SELECT tableowner FROM pg_tables WHERE tablename = 'mine')
     OR current_user <> 'app' THEN
    RAISE EXCEPTION 'this is %', current_user;
  END IF;
END $$;
