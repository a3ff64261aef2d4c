CREATE FUNCTION places() RETURNS SETOF place LANGUAGE sql AS 'SELECT id, name, note FROM place';
