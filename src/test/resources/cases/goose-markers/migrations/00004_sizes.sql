-- +goose Up
ALTER TABLE parcels ADD COLUMN height int;
ALTER TABLE parcels ADD COLUMN depth int;

-- +goose Down
ALTER TABLE parcels DROP COLUMN depth;
ALTER TABLE parcels DROP COLUMN height;
