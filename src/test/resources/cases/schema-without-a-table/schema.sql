CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO app_owner;
CREATE TYPE app.kind AS ENUM ('a');
ALTER TYPE app.kind OWNER TO app_owner;
CREATE FUNCTION app.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION app.one() OWNER TO app_owner;
