DO $$
BEGIN
  EXECUTE format('SET ROLE %I', (SELECT rolname FROM pg_roles WHERE oid = 10));
END $$;
