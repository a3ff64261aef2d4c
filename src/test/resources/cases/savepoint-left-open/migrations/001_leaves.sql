SAVEPOINT a;
CREATE TABLE notes (id int);
