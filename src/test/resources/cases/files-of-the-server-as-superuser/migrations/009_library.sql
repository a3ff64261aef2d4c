CREATE FUNCTION price(int) RETURNS int LANGUAGE c AS '$libdir/shop', 'price';
