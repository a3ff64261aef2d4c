-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY parcels_depth ON parcels (depth);
-- +goose Down
DROP INDEX parcels_depth;
