DO $$ BEGIN EXECUTE $q$INSERT INTO stone (id) VALUES (3)$q$; END $$;
