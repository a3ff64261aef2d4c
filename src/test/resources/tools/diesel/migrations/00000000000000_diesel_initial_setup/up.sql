-- Sets up a trigger
SELECT 1;
