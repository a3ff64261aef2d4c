ALTER TABLE parcels DROP COLUMN height;
