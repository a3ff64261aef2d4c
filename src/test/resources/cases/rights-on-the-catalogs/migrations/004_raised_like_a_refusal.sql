DO $$
BEGIN
  RAISE EXCEPTION 'permission denied to create role' USING ERRCODE = '42501';
END $$;
