-- The mail-order system was switched off in spring, nobody reads this any more.
ALTER TABLE products
    DROP COLUMN legacy_sku;
