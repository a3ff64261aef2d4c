--liquibase formatted sql

--changeset farm:1
CREATE TABLE straw (id int);
SET search_path = barn;

--changeset farm:2
INSERT INTO hay SELECT id FROM straw;
CREATE TABLE oats (id int);

--changeset farm:3
INSERT INTO public.oats VALUES (1);
SELECT pg_catalog.set_config('search_path', '', false);

--changeset farm:4
INSERT INTO oats VALUES (2);
SET search_path TO '';

--changeset farm:5
SELECT 1;
