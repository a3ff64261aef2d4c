SELECT 'CREATE TABLE first_of_two (id int); ALTER TABLE first_of_two ADD COLUMN note text; -- both'
\gexec
SELECT note FROM first_of_two;
