CREATE TABLE oak (id int, a int, b int, c int);
ALTER TABLE oak OWNER TO clerk;
CREATE TABLE elm (x int, a int);
ALTER TABLE elm OWNER TO clerk;
CREATE TABLE twig (x int);
ALTER TABLE twig OWNER TO clerk;
GRANT CREATE ON SCHEMA public TO clerk;
