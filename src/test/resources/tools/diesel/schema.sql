CREATE TABLE public.users (id bigint PRIMARY KEY);
CREATE TABLE public.__diesel_schema_migrations (version character varying(50) PRIMARY KEY, run_on timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL);
COPY public.__diesel_schema_migrations (version, run_on) FROM stdin;
00000000000000	2024-01-01 00:00:00
20240101120000	2024-01-01 00:00:00
\.
