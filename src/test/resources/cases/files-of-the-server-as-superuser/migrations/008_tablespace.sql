CREATE TABLESPACE shop LOCATION '/srv/shop/space';
