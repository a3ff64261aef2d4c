-- +migrate Up
ALTER TABLE users ADD nick text;

-- +migrate Down
ALTER TABLE users DROP nick;
