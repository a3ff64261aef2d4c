CREATE FUNCTION scratch() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE TEMP TABLE scratch_rows (id int) ON COMMIT DROP;
END $$;
