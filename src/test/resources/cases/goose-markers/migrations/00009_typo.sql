-- +goose Up
ALTER TABLE parcels ADD COLUMN sender text;
ALTER TABLE parcels ALTER COLUMN reciever SET NOT NULL;
-- +goose Down
ALTER TABLE parcels DROP COLUMN sender;
