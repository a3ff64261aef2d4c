SELECT 1;
-- café
SELECT 2;
