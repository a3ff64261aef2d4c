-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY parcels_id ON parcels (id);

-- migrate:down
DROP INDEX parcels_id;
