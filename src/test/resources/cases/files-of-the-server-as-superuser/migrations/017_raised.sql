DO $$ BEGIN RAISE 'there is no file' USING ERRCODE = '58P01'; END $$;
