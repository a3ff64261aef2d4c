CREATE TABLE public.countries (id integer PRIMARY KEY, name text);
