DROP FUNCTION same(int, int);
