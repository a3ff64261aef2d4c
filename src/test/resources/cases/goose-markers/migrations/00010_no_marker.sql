ALTER TABLE parcels ADD COLUMN fragile bool;
