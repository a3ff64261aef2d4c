ALTER TABLE parcel ADD fragile boolean;
