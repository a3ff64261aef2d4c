--
-- PostgreSQL database dump
--

\restrict JbPA30fSNZnZzoGZbcKqo80zUIYJpIhATlr89wsoy9Q4FCKSsoshX19LgfDK5gg

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: repair_status_enum; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.repair_status_enum AS ENUM (
    'waiting',
    'in_work',
    'done'
);


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: bike; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bike (
    id integer NOT NULL,
    brand character varying(80) NOT NULL,
    model character varying(80),
    "ownerId" integer NOT NULL
);


--
-- Name: bike_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.bike_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: bike_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.bike_id_seq OWNED BY public.bike.id;


--
-- Name: customer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customer (
    id integer NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(200) NOT NULL,
    phone character varying(30),
    "createdAt" timestamp without time zone DEFAULT now() NOT NULL
);


--
-- Name: customer_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.customer_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: customer_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.customer_id_seq OWNED BY public.customer.id;


--
-- Name: migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migrations (
    id integer NOT NULL,
    "timestamp" bigint NOT NULL,
    name character varying NOT NULL
);


--
-- Name: migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: migrations_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.migrations_id_seq OWNED BY public.migrations.id;


--
-- Name: repair; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.repair (
    id integer NOT NULL,
    "bikeId" integer NOT NULL,
    status public.repair_status_enum DEFAULT 'waiting'::public.repair_status_enum NOT NULL,
    "dueOn" date NOT NULL,
    "createdAt" timestamp without time zone DEFAULT now() NOT NULL,
    note text
);


--
-- Name: repair_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.repair_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: repair_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.repair_id_seq OWNED BY public.repair.id;


--
-- Name: repair_line; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.repair_line (
    id integer NOT NULL,
    "repairId" integer NOT NULL,
    text text NOT NULL,
    minutes integer DEFAULT 0 NOT NULL
);


--
-- Name: repair_line_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.repair_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: repair_line_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.repair_line_id_seq OWNED BY public.repair_line.id;


--
-- Name: bike id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bike ALTER COLUMN id SET DEFAULT nextval('public.bike_id_seq'::regclass);


--
-- Name: customer id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer ALTER COLUMN id SET DEFAULT nextval('public.customer_id_seq'::regclass);


--
-- Name: migrations id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations ALTER COLUMN id SET DEFAULT nextval('public.migrations_id_seq'::regclass);


--
-- Name: repair id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.repair ALTER COLUMN id SET DEFAULT nextval('public.repair_id_seq'::regclass);


--
-- Name: repair_line id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.repair_line ALTER COLUMN id SET DEFAULT nextval('public.repair_line_id_seq'::regclass);


--
-- Name: migrations PK_8c82d7f526340ab734260ea46be; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id);


--
-- Name: repair_line PK_a974130b45075d6ddcd83a9351b; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.repair_line
    ADD CONSTRAINT "PK_a974130b45075d6ddcd83a9351b" PRIMARY KEY (id);


--
-- Name: bike PK_bike; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bike
    ADD CONSTRAINT "PK_bike" PRIMARY KEY (id);


--
-- Name: customer PK_customer; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT "PK_customer" PRIMARY KEY (id);


--
-- Name: repair PK_repair; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.repair
    ADD CONSTRAINT "PK_repair" PRIMARY KEY (id);


--
-- Name: customer UQ_customer_email; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT "UQ_customer_email" UNIQUE (email);


--
-- Name: IDX_repair_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX "IDX_repair_status" ON public.repair USING btree (status);


--
-- Name: bike FK_bike_owner; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bike
    ADD CONSTRAINT "FK_bike_owner" FOREIGN KEY ("ownerId") REFERENCES public.customer(id) ON DELETE CASCADE;


--
-- Name: repair_line FK_fd77334cc3cfcd08767e1a5c3a7; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.repair_line
    ADD CONSTRAINT "FK_fd77334cc3cfcd08767e1a5c3a7" FOREIGN KEY ("repairId") REFERENCES public.repair(id) ON DELETE CASCADE;


--
-- Name: repair FK_repair_bike; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.repair
    ADD CONSTRAINT "FK_repair_bike" FOREIGN KEY ("bikeId") REFERENCES public.bike(id);


--
-- PostgreSQL database dump complete
--

\unrestrict JbPA30fSNZnZzoGZbcKqo80zUIYJpIhATlr89wsoy9Q4FCKSsoshX19LgfDK5gg

--
-- PostgreSQL database dump
--

\restrict HYuTtEdN7JeV1EXdijzlI6uSu3RPjbfO69UVi2kPmciGdSS5c9oCLQCqRXjTI1f

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Data for Name: migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.migrations (id, "timestamp", name) FROM stdin;
1	1704447000000	CreateCustomer1704447000000
2	1705054500000	CreateBike1705054500000
3	1705672800000	CreateRepair1705672800000
4	1706258700000	CreateRepairLine1706258700000
5	1707130800000	AddNoteToRepair1707130800000
\.


--
-- Name: migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.migrations_id_seq', 5, true);


--
-- PostgreSQL database dump complete
--

\unrestrict HYuTtEdN7JeV1EXdijzlI6uSu3RPjbfO69UVi2kPmciGdSS5c9oCLQCqRXjTI1f

