CREATE SCHEMA audit;
CREATE TABLE public.customer (id bigint PRIMARY KEY, name text NOT NULL);
CREATE VIEW public.customer_id AS SELECT id FROM public.customer;
CREATE VIEW public.customer_name AS SELECT id, name FROM public.customer;
CREATE TABLE public.flyway_schema_history (installed_rank integer NOT NULL, version character varying(50), description character varying(200) NOT NULL, type character varying(20) NOT NULL, script character varying(1000) NOT NULL, checksum integer, installed_by character varying(100) NOT NULL, installed_on timestamp without time zone DEFAULT now() NOT NULL, execution_time integer NOT NULL, success boolean NOT NULL);
COPY public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) FROM stdin;
1	1	customer	SQL	V1__customer.sql	-1669523400	shop	2026-01-02 03:04:05	7	t
2	1.2	name	SQL	V1_2__name.sql	1440296182	shop	2026-01-02 03:04:05	7	t
3	\N	customer id	SQL	views/R__customer_id.sql	1953242135	shop	2026-01-02 03:04:06	7	t
4	\N	customer name	SQL	views/R__customer_name.sql	1234567	shop	2026-01-02 03:04:06	7	t
\.
ALTER TABLE ONLY public.flyway_schema_history ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
