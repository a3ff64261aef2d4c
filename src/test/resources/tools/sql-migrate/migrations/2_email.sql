-- +migrate Up
ALTER TABLE users ADD email text;

-- +migrate Down
ALTER TABLE users DROP email;
