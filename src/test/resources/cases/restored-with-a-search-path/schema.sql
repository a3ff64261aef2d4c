SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA shelf;
ALTER SCHEMA shelf OWNER TO clerk;
CREATE FUNCTION shelf.tidy(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
ALTER FUNCTION shelf.tidy(text) OWNER TO clerk;
CREATE FUNCTION shelf.slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT tidy(t) || ''-''';
ALTER FUNCTION shelf.slug(text) OWNER TO clerk;
CREATE TABLE shelf.page (
    id integer PRIMARY KEY,
    title text,
    slug text GENERATED ALWAYS AS (shelf.slug(title)) STORED
);
ALTER TABLE shelf.page OWNER TO clerk;
CREATE TABLE shelf.land (code text PRIMARY KEY, name text CONSTRAINT name_ck CHECK (shelf.slug(name) <> 'x'));
ALTER TABLE shelf.land OWNER TO clerk;
COPY shelf.land (code, name) FROM stdin;
de	Deutschland
\.
ALTER TABLE shelf.page ADD CONSTRAINT title_ck CHECK (shelf.slug(title) <> 'x');
