-- +goose Up
CREATE INDEX parcels_height ON parcels (height);
-- +goose Down
DROP INDEX parcels_height;
