CREATE TABLE notes (id int);
CREATE PROCEDURE in_steps() LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.notes VALUES (1);
  COMMIT;
  INSERT INTO public.notes VALUES (2);
END $$;
