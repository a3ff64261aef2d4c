CREATE FUNCTION outline_of() RETURNS text LANGUAGE plpgsql AS $$ DECLARE o place.outline%TYPE; BEGIN RETURN o; END $$;
