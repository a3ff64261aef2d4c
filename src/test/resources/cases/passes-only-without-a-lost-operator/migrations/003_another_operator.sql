CREATE FUNCTION likely(int, int) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE OPERATOR ==== (FUNCTION = likely, LEFTARG = int, RIGHTARG = int);
