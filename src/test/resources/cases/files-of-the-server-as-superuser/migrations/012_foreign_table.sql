CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE prices (price int) SERVER files OPTIONS (filename '/srv/shop/prices.csv');
CREATE TABLE price_list AS SELECT price FROM prices;
