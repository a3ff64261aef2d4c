CREATE TABLE spot (id integer NOT NULL, name text);
ALTER TABLE spot INHERIT place;
