ALTER TABLE parcels ADD COLUMN height int;
CREATE INDEX parcels_height ON parcels (height);
