DO $$
BEGIN
  IF (SELECT count(*) FROM tb_confiture WHERE version = '2026' AND name = 'another_name') <> 1 THEN
    RAISE 'not recorded';
  END IF;
END
$$;
