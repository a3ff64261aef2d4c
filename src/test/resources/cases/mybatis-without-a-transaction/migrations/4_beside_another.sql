-- // beside another
ALTER TABLE parcels ADD COLUMN width integer;
CREATE INDEX CONCURRENTLY parcels_width ON parcels (width);

-- //@UNDO
DROP INDEX parcels_width;
