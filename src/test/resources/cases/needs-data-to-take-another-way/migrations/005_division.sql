INSERT INTO settings SELECT 'share', 1 / count(*) FROM users;
