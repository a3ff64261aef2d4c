CREATE DATABASE till WITH TEMPLATE = template0 ENCODING = 'UTF8';
ALTER DATABASE till OWNER TO keeper;
\connect till
CREATE TABLE public.tills (id int PRIMARY KEY);
ALTER TABLE public.tills OWNER TO clerk;
CREATE TABLE public.coins (id int PRIMARY KEY);
ALTER TABLE public.coins OWNER TO clerk;
