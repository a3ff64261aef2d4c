SELECT $$a; 'b$$; SELECT $t$ $$; $T$ ; $ t$ $t$;
DO $body$
BEGIN
  PERFORM $q$x;$q$;
  EXECUTE $$SELECT 1;$$;
END;
$body$;
SELECT $$$$, $a$$a$;SELECT $a$ $b$; $b$a$;
CREATE TEMP TABLE a$x$ (b$$ int); SELECT b$$ FROM a$x$; SELECT 1 AS é$$; SELECT $é_1$;$é_1$;
PREPARE p(text) AS SELECT $1||$$;$$, $1; EXECUTE p('$$'); SELECT 2 AS "$$";
