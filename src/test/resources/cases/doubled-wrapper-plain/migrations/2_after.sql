CREATE TABLE after (id int);
