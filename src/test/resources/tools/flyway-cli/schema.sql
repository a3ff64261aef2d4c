CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY);
CREATE TABLE shop.flyway_schema_history (installed_rank integer NOT NULL PRIMARY KEY, version character varying(50), description character varying(200) NOT NULL, type character varying(20) NOT NULL, script character varying(1000) NOT NULL, checksum integer, installed_by character varying(100) NOT NULL, installed_on timestamp without time zone DEFAULT now() NOT NULL, execution_time integer NOT NULL, success boolean NOT NULL);
INSERT INTO shop.flyway_schema_history VALUES (1, '1', 'orders', 'SQL', 'V1__orders.sql', -1927402203, 'shop', '2026-01-02', 7, true);
