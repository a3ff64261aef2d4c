SET LOCAL ROLE shop_owner;
CREATE TABLE of_other (id int);
