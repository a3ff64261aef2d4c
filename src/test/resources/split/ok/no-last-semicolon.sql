SELECT 1;
SELECT 2 /* not SQL */ -- end