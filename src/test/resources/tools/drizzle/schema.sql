CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE TYPE public.mood AS ENUM ('sad');
CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint);
INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('of 0000_users', 1700000001000), ('of 0001_mood', 1700000003000);
