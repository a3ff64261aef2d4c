CREATE FUNCTION grows(p int, q int DEFAULT 1) RETURNS int LANGUAGE sql AS $$ SELECT nosuch($1) $$;
