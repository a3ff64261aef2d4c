ALTER TABLE jar ADD COLUMN brand text; COMMENT ON TABLE brand IS 'of jars';
