CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TYPE mood AS ENUM ('sad');
CREATE MATERIALIZED VIEW emails AS SELECT id, email FROM users;
CREATE UNIQUE INDEX ON emails (id);
