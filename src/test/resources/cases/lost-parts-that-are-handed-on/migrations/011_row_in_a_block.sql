DO $$ DECLARE r place%ROWTYPE; BEGIN r.outline := NULL; END $$;
