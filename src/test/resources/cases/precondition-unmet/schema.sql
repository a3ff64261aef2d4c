CREATE SCHEMA app;
CREATE TABLE app.teams (id int PRIMARY KEY);
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email character varying(200),
    team int CONSTRAINT in_a_team REFERENCES app.teams,
    seen timestamp with time zone
);
CREATE INDEX users_by_email ON users (email);
CREATE VIEW seen_users AS SELECT id FROM users WHERE seen IS NOT NULL;
