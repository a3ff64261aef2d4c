SELECT 'BEGIN' \gexec
CREATE TABLE taken_back (id int);
SELECT 'ROLLBACK' \gexec
SELECT id FROM taken_back;
