ALTER TABLE price_list ADD COLUMN currency text;
