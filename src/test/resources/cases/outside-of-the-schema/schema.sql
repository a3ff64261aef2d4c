CREATE TABLE hot (id int, email text); ALTER TABLE hot OWNER TO shop_app;
GRANT CREATE ON SCHEMA public TO shop_app;
