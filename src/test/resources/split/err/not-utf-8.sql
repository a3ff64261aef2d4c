SELECT 1;
-- cafÃ©
SELECT 'café';
SELECT 'ÿ';
