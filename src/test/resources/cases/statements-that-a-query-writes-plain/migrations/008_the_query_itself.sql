CREATE TABLE before_it (id int);
SELECT format('DROP TABLE %I', name) FROM no_such_table
\gexec
