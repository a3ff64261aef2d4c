CREATE FUNCTION alike(int, int) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE OPERATOR === (FUNCTION = alike, LEFTARG = int, RIGHTARG = int);
