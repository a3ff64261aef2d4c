SELECT * FROM t AS x (a, b);
