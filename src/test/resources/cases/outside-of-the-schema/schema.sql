CREATE TABLE hot (id int, email text); ALTER TABLE hot OWNER TO shop_app;
