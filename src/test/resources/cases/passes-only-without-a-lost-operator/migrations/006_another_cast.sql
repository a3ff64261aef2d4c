CREATE FUNCTION says(mood) RETURNS text LANGUAGE sql AS $$ SELECT $1.b $$;
CREATE CAST (mood AS text) WITH FUNCTION says(mood);
