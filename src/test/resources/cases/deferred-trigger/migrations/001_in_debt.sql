UPDATE accounts SET balance = -1;
SELECT 1;
