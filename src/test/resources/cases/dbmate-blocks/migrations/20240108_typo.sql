-- migrate:up
ALTER TABLE parcels ADD COLUMN sender text;
ALTER TABLE parcels ALTER COLUMN reciever SET NOT NULL;

-- migrate:down
