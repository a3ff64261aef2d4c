-- migrate:up
ALTER TABLE parcels ADD COLUMN height int;

-- migrate:down
ALTER TABLE parcels DROP COLUMN height;
