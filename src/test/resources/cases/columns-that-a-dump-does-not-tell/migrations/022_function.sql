CREATE FUNCTION names() RETURNS TABLE (id int, outline text, name text) LANGUAGE sql AS 'SELECT * FROM place';
