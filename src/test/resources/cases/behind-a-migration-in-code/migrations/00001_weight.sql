-- +goose Up
ALTER TABLE parcel ADD weight int, ADD label text REFERENCES address;
