CREATE TABLE shares AS SELECT 1 / count(*) FROM users;
