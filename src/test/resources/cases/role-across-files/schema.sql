CREATE ROLE shop_app;
CREATE ROLE shop_owner;
GRANT shop_owner TO shop_app;
CREATE TABLE users (id int PRIMARY KEY);
ALTER TABLE users OWNER TO shop_app;
GRANT CREATE ON SCHEMA public TO shop_app;
GRANT CREATE ON SCHEMA public TO shop_owner;
