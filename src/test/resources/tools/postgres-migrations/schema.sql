CREATE TABLE public.users (id bigint PRIMARY KEY, name text);
CREATE TABLE public.migrations (id integer PRIMARY KEY, name varchar(100) UNIQUE NOT NULL, hash varchar(40) NOT NULL, executed_at timestamp DEFAULT current_timestamp);
INSERT INTO public.migrations (id, name, hash) VALUES (0, 'create-migrations-table', 'e18db593bcde2aca2a408c4d1100f6abba2195df'), (1, 'users', '8932a4d8e3e07f41d474c843cee03bc841addabe'), (2, 'name', '0123456789012345678901234567890123456789');
