-- migrate:up
CREATE INDEX parcels_height ON parcels (height);

-- migrate:down
DROP INDEX parcels_height;
