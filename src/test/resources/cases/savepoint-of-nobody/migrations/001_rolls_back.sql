CREATE TABLE notes (id int);
ROLLBACK TO SAVEPOINT nowhere;
