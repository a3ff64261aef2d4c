-- // cut at the first line that ends a statement
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.id := NEW.id;
  RETURN NEW;
END
$$;

-- //@UNDO
DROP FUNCTION touch();
