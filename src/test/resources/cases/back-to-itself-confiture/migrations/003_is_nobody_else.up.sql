SELECT 1;
SELECT * FROM pg_authid;
