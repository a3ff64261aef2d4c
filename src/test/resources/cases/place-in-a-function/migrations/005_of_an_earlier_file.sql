SELECT 1;
SELECT id, of_004() FROM (VALUES (1)) AS v (id);
