CREATE TABLE stays (id int);
SELECT 'CREATE TABLE goes (id int); SELECT 1/0' \gexec
