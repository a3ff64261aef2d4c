CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE TABLE public.gorp_migrations (id text NOT NULL PRIMARY KEY, applied_at timestamp with time zone);
INSERT INTO public.gorp_migrations VALUES ('1_users.sql', now());
