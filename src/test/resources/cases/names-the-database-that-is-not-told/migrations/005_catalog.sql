DO $$ BEGIN IF current_catalog <> 'shop' THEN RAISE EXCEPTION 'wrong'; END IF; END $$;
