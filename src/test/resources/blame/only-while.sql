-- Migrations that pass for want of what an earlier one makes, and some that only look so.
=== same column
CREATE TABLE users (id int PRIMARY KEY);
---
ALTER TABLE users ADD nick text;
ALTER TABLE not_there ADD x int; -- fails
---
ALTER TABLE users ADD nick text;
=== same table
CREATE TABLE users (id int PRIMARY KEY);
---
CREATE TABLE public.teams (id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TABLE teams (id int, name text);
=== same name in another schema
CREATE SCHEMA old;
---
CREATE TABLE old.teams (id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TABLE teams (id int);
=== dropped twice
CREATE TABLE users (id int PRIMARY KEY);
---
DROP TABLE users;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE users;
=== renamed and dropped
CREATE TABLE users (id int PRIMARY KEY);
---
ALTER TABLE users RENAME TO people;
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE users;
=== unless it exists
CREATE TABLE users (id int PRIMARY KEY);
---
CREATE TABLE teams (id int);
ALTER TABLE not_there ADD x int; -- fails
---
CREATE TABLE IF NOT EXISTS teams (id int);
=== dropped before it is made
CREATE TABLE users (id int PRIMARY KEY);
---
CREATE TABLE teams (id int);
ALTER TABLE not_there ADD x int; -- fails
---
DROP TABLE IF EXISTS teams;
CREATE TABLE teams (id int);
=== replaced
CREATE TABLE users (id int PRIMARY KEY);
---
CREATE VIEW names AS SELECT 1 AS n;
ALTER TABLE not_there ADD x int; -- fails
---
CREATE OR REPLACE VIEW names AS SELECT 2 AS n;
=== made where it is not
CREATE TABLE users (id int PRIMARY KEY);
---
CREATE TABLE teams (id int);
ALTER TABLE not_there ADD x int; -- fails
---
DO $$ BEGIN IF to_regclass('teams') IS NULL THEN CREATE TABLE teams (id int); END IF; END $$;
