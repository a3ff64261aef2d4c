-- +goose Up
UPDATE parcel SET carrier_name = $$x$$;
