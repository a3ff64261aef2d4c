SELECT E'a'
'b\';c' AS x;
SELECT 2;