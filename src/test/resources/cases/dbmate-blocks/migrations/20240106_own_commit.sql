-- migrate:up
BEGIN;
ALTER TABLE parcels ADD COLUMN depth int;
COMMIT;

-- migrate:down
ALTER TABLE parcels DROP COLUMN depth;
