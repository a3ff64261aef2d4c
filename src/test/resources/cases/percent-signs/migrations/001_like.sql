SELECT 1 WHERE 'a%b%s' LIKE '%b\%s';
SELECT format('%s %%', 1), 7 % 4;
