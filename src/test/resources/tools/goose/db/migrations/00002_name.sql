-- +goose Up
ALTER TABLE users ADD name text NOT NULL;

-- +goose Down
ALTER TABLE users DROP name;
