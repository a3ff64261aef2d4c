DO $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = 4711
  ) THEN
    RAISE EXCEPTION 'the lock is not held';
  END IF;
END $$;
