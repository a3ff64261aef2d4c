-- +goose Up
ALTER TABLE parcel ADD carrier int REFERENCES carrier;
