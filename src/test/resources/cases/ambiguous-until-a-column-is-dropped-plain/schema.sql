CREATE TABLE public.authors (id integer PRIMARY KEY, hidden boolean);
CREATE TABLE public.notes (author_id integer, hidden boolean);
