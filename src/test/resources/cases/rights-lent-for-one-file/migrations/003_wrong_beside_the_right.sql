ALTER TABLE wages ADD COLUMN note no_such_type;
