CREATE EXTENSION nosuch_language;
CREATE TABLE sale (id int CONSTRAINT sale_pkey PRIMARY KEY, amount numeric, kind text, spare text);
ALTER TABLE sale OWNER TO clerk;
CREATE FUNCTION score(a numeric) RETURNS numeric LANGUAGE nosuch_language AS 'return a';
CREATE VIEW best AS SELECT id, score(amount) AS points FROM sale;
CREATE INDEX sale_score ON sale (score(amount), spare);
CREATE TRIGGER sale_guard BEFORE UPDATE ON sale
  FOR EACH ROW WHEN (new.kind IS NOT NULL) EXECUTE FUNCTION nosuch_guard();
CREATE TABLE place (sale int REFERENCES sale (id)) INHERITS (nosuch_base);
