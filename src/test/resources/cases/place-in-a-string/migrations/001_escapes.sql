CREATE FUNCTION heaviest() RETURNS numeric LANGUAGE sql
AS E'\n\tSELECT max(\'0\' || wight::text)::numeric\n\tFROM parcel';
