CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  NEW.stamped := now();
  RETURN NEW;
END $body$;
CREATE TRIGGER stamp BEFORE INSERT ON depot FOR EACH ROW EXECUTE FUNCTION stamp();
INSERT INTO depot VALUES (1, 'Lyon');
