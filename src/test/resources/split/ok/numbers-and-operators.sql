SELECT 1.5e-3, .5, 1e+2, 5. ,5-3; SELECT 1::int, '{1}'::int[], (ARRAY[1,2,3])[1:2];
SELECT 5 <-- ;
 6, @-7; SELECT 8 !=-1, 9>/*;*/0; SELECT point '(1,2)' <-> point '(3,4)', 2^-1;
