SET search_path TO app, public;
ALTER TABLE orders ADD x int;
