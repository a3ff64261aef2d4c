BEGIN;
DO $body$
BEGIN
  PERFORM two();
END
$body$;
COMMIT;
