CREATE TABLE public.parents (id int PRIMARY KEY);
CREATE TABLE public.children (id int PRIMARY KEY, parent int REFERENCES public.parents DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE public.pgmigrations (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);
INSERT INTO public.pgmigrations (name, run_on) VALUES ('1700000000001_parents', now()), ('1700000000002_children', now());
