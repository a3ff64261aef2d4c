CREATE FUNCTION labels() RETURNS SETOF varchar LANGUAGE sql
AS 'SELECT label FROM parcel '
   'WHERE depot_id = 1';
