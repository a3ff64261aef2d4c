CREATE TABLE theirs.made (id int PRIMARY KEY);
GRANT USAGE ON SCHEMA theirs TO clerk;
