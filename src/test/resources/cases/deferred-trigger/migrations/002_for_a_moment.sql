UPDATE accounts SET balance = -1;
UPDATE accounts SET balance = 5;
