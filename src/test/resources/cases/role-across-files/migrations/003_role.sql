SET ROLE shop_owner;
