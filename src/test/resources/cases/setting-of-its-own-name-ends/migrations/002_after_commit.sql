DO $$
BEGIN
  IF current_setting('myapp.flag', true) = 'on' OR current_setting('myapp.other', true) = 'on' THEN
    RAISE EXCEPTION 'still set';
  END IF;
END $$;
