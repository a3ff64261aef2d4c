-- +goose Up
ALTER TABLE parcel ADD weight int;
