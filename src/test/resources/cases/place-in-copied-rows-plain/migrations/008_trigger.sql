CREATE FUNCTION only_cities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.city IS NULL THEN
    RAISE EXCEPTION 'a depot is in a city';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER city BEFORE INSERT ON depot FOR EACH ROW EXECUTE FUNCTION only_cities();
COPY depot (id, city) FROM stdin;
1	Lyon
2	\N
\.
