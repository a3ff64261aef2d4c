\set ON_ERROR_STOP on
CREATE TABLE notes (id int);
