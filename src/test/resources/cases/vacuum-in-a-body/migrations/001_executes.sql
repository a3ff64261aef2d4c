DO $$ BEGIN
  EXECUTE 'VACUUM users';
END $$;
