--
-- PostgreSQL database dump
--

\restrict 6CSFPzBsrYwbkmFL7wpSiwijlsIWMtlfXybcV3okUxbXeJ3gnYPu1jQkzFjJ7T9

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: Straße; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."Straße" (
    id integer,
    "größe" text DEFAULT 'ä;ö'::text
);


ALTER TABLE public."Straße" OWNER TO postgres;

--
-- Data for Name: Straße; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public."Straße" (id, "größe") FROM stdin;
1	é
\.


--
-- PostgreSQL database dump complete
--

\unrestrict 6CSFPzBsrYwbkmFL7wpSiwijlsIWMtlfXybcV3okUxbXeJ3gnYPu1jQkzFjJ7T9

