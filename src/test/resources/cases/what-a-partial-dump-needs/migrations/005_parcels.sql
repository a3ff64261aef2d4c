ALTER TABLE parcels ADD fragile boolean;
