ALTER TABLE users
    DROP CONSTRAINT users_nickname_not_blank,
    ALTER COLUMN nickname DROP NOT NULL,
    DROP COLUMN display_name;
