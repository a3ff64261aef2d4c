/* all of it */ DISCARD ALL;
DO $$
BEGIN
  IF current_user <> 'app' THEN
    RAISE EXCEPTION 'this is %', current_user;
  END IF;
END $$;
