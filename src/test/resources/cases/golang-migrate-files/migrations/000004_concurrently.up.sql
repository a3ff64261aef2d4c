CREATE INDEX CONCURRENTLY parcels_id ON parcels (id);
