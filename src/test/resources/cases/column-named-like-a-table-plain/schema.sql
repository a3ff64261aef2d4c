CREATE TABLE public.invoice (id integer PRIMARY KEY);
CREATE TABLE public.quota (id integer PRIMARY KEY, invoice integer);
CREATE TABLE public.other (id integer PRIMARY KEY);
