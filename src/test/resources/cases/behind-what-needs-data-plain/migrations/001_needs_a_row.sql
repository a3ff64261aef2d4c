CREATE TABLE depots (id integer PRIMARY KEY, country_id integer NOT NULL);
INSERT INTO depots (id, country_id) VALUES (1, (SELECT id FROM countries WHERE name = 'Norway'));
