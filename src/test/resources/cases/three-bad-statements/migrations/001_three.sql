ALTER TABLE nosuch ADD x int;
CREATE TABLE fine ();
SELEC 1;

INSERT INTO users (nope) VALUES (1);
