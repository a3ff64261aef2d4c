SELECT '😀'; SELECT '日本'; SELECT größe; SELECT 'é' AS "naïve;"; SELECT 1;
	SELECT	2;
