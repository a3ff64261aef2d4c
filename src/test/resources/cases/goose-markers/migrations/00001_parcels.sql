-- +goose Up
CREATE TABLE parcels (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE parcels;
