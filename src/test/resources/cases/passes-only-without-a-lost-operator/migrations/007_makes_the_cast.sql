CREATE FUNCTION counts(mood) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE CAST (mood AS int) WITH FUNCTION counts(mood);
