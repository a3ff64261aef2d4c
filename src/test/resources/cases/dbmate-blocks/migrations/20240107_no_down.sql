-- migrate:up
ALTER TABLE parcels ADD COLUMN weight int;
