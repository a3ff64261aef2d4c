CREATE FUNCTION cities() RETURNS bigint LANGUAGE sql
AS U&'SELECT count(!0063ity), count(!+00006eown) FROM depot' UESCAPE '!';
