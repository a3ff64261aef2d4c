DO $$
BEGIN
  IF false THEN PERFORM of_nobody(); ELSE PERFORM of_nobody(); END IF;
END $$;
