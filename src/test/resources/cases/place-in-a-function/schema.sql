CREATE TABLE parcel (id int PRIMARY KEY, weight numeric(5,2), label varchar(8));
CREATE TABLE depot (id int PRIMARY KEY, city text);
CREATE FUNCTION told_off() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'not today';
END $$;
