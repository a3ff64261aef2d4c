ALTER TABLE orders ADD COLUMN total int;
CREATE INDEX ON orders (totl);
