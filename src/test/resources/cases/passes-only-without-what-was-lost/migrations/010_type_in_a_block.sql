DO $$ BEGIN ALTER TABLE sale ALTER kind TYPE text; END $$;
