DO $$ BEGIN PERFORM 'a;'; END $$;
SELECT $a$ ; $$ ; $b$ ; $A$ ; $a $a$, $é$;$é$; SELECT $1; SELECT a$b$c; SELECT $1a$;$1a$;
SELECT $x_1$
;
$x_1$;
