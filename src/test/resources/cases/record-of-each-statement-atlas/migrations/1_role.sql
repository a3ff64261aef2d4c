CREATE TABLE a (id int);
SET ROLE shop_owner;
CREATE TABLE b (id int);
RESET ROLE;
