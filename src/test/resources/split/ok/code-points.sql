SELECT '🍓;é' AS ñ; SELECT '名前' AS "é"; SELECT 1 AS 🍓$$; SELECT 2;
