CREATE EXTENSION nosuch_language;
CREATE TABLE jar (id int CONSTRAINT jar_pkey PRIMARY KEY, label text, size int);
ALTER TABLE jar OWNER TO clerk;
CREATE TABLE lid (id int, size int);
ALTER TABLE lid OWNER TO clerk;
CREATE TABLE brand (code text PRIMARY KEY, since int);
ALTER TABLE brand OWNER TO clerk;
CREATE TABLE shelf (id int, made date) PARTITION BY RANGE (made);
ALTER TABLE shelf OWNER TO clerk;
CREATE TABLE shelf_old (id int, made date);
ALTER TABLE shelf_old OWNER TO clerk;
CREATE TRIGGER jar_guard BEFORE UPDATE ON jar FOR EACH ROW EXECUTE FUNCTION nosuch_guard();
ALTER TABLE lid ADD CONSTRAINT lid_ck CHECK (nosuch_fits(size)) NOT VALID;
ALTER TABLE lid ALTER COLUMN id SET DEFAULT nosuch_number();
COPY brand (code, since, nosuch_column) FROM stdin;
old	1900	1
\.
CREATE TABLE rack (jar int REFERENCES jar (id)) INHERITS (nosuch_base);
ALTER TABLE shelf ATTACH PARTITION shelf_old FOR VALUES FROM (nosuch_day()) TO ('2024-01-01');
