SELECT 1 / (nextval('numbers') = 2)::int;
