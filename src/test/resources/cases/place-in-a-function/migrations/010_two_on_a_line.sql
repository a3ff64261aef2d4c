DO $$
BEGIN
  NULL; PERFORM 1; PERFORM 'two', of_nobody();
END $$;
