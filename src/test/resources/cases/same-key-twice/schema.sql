CREATE TABLE kinds (id int PRIMARY KEY, made timestamptz NOT NULL DEFAULT now());
