-- +goose Up
ALTER TABLE parcels ADD COLUMN note text;
   
	
-- +goose Down
ALTER TABLE parcels DROP COLUMN note;
   
