CREATE EXTENSION nosuch_language;
CREATE TABLE sale (id int PRIMARY KEY, amount numeric, kind text);
ALTER TABLE sale OWNER TO clerk;
CREATE TABLE till (id int);
ALTER TABLE till OWNER TO clerk;
CREATE VIEW best AS SELECT id, amount, nosuch_score(amount) AS points FROM sale;
CREATE VIEW tills AS SELECT id, nosuch_score(id) AS points FROM till;
CREATE VIEW spare AS SELECT nosuch_score(1) AS points;
