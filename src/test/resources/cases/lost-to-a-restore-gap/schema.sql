CREATE EXTENSION nosuch_extension;
CREATE TABLE places (id int, at nosuch_type);
CREATE TABLE plain (id int);
