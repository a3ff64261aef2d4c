CREATE SCHEMA app;
CREATE TABLE app.users (id int PRIMARY KEY, name text, email text);
CREATE TABLE public.users (id int PRIMARY KEY, nickname text);
CREATE TYPE app.status AS ENUM ('new', 'done');
CREATE TABLE app.orders (id int PRIMARY KEY, status app.status);
CREATE VIEW app.names AS SELECT id, name FROM app.users;
