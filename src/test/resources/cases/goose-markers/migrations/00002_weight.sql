-- +goose Up
ALTER TABLE parcels ADD COLUMN weight int;

-- +goose Down
ALTER TABLE parcels DROP COLUMN weight;
