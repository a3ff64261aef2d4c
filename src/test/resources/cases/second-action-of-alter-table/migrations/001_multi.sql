SET LOCAL lock_timeout = '3s';

ALTER TABLE users
    ADD COLUMN display_name text,
    ALTER COLUMN nickname SET NOT NULL,
    ADD CONSTRAINT users_nickname_not_blank CHECK (btrim(nickname) <> '');
