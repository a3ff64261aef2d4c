-- // height index
CREATE INDEX CONCURRENTLY parcels_height ON parcels (height);

-- //@UNDO
DROP INDEX parcels_height;
