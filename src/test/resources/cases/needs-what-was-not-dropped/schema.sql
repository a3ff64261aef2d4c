CREATE TABLE orchard (id int PRIMARY KEY, kind text, rows_of int CHECK (rows_of > 0));
CREATE TABLE tree (id int PRIMARY KEY, orchard_id int);
CREATE VIEW apples AS SELECT id FROM orchard WHERE kind = 'apple';
