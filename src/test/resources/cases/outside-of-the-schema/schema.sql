CREATE TABLE hot (id int, email text); ALTER TABLE hot OWNER TO clerk;
GRANT CREATE ON SCHEMA public TO clerk;
