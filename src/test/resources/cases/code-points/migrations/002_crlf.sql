SELECT 1;
SELECT nope
FROM users;
