DO $$
BEGIN
  IF current_database() <> 'shop' THEN
    RAISE EXCEPTION 'this is %, not the shop', current_database();
  END IF;
END $$;
