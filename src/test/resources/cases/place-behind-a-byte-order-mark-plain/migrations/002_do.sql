DO $$ BEGIN PERFORM wight FROM parcel; END $$;
