ALTER TABLE products ADD COLUMN legacy_sku varchar(20);
