-- +goose Up
ALTER TABLE users ADD email text;

-- +goose Down
ALTER TABLE users DROP email;
