DO $$ BEGIN EXECUTE format('CREATE TABLE %I (id int)', 'unrelated'); END $$;
