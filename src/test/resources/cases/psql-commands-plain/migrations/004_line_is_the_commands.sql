CREATE TABLE before_it (id int);
\a\t SELECT bad
SELECT nope FROM before_it;
