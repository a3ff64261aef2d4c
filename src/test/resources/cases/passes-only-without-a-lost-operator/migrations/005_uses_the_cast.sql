SELECT ROW(1, 2)::mood::int;
