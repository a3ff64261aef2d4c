-- // height
ALTER TABLE parcels ADD COLUMN height integer;

-- //@UNDO
ALTER TABLE parcels DROP COLUMN height;
