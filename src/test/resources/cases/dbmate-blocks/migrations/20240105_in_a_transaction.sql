-- migrate:up
CREATE INDEX CONCURRENTLY parcels_id_height ON parcels (id, height);

-- migrate:down
DROP INDEX parcels_id_height;
