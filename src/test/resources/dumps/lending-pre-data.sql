--
-- PostgreSQL database dump
--

\restrict HzCFyhbj7jzGgL2AGHfqND4aILbpGM86BtsrjF4nFvgNbdFVpxZPqroRQWhxCw3

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
-- Name: lib; Type: SCHEMA; Schema: -; Owner: librarian
--

CREATE SCHEMA lib;


ALTER SCHEMA lib OWNER TO librarian;

--
-- Name: state; Type: TYPE; Schema: lib; Owner: librarian
--

CREATE TYPE lib.state AS ENUM (
    'in',
    'out'
);


ALTER TYPE lib.state OWNER TO librarian;

--
-- Name: note(); Type: FUNCTION; Schema: lib; Owner: librarian
--

CREATE FUNCTION lib.note() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN new; END; $$;


ALTER FUNCTION lib.note() OWNER TO librarian;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: books; Type: TABLE; Schema: lib; Owner: librarian
--

CREATE TABLE lib.books (
    id integer NOT NULL,
    title text NOT NULL,
    state lib.state DEFAULT 'in'::lib.state
);


ALTER TABLE lib.books OWNER TO librarian;

--
-- Name: loans; Type: TABLE; Schema: lib; Owner: librarian
--

CREATE TABLE lib.loans (
    id integer NOT NULL,
    book integer NOT NULL,
    since date DEFAULT '2026-01-01'::date
);


ALTER TABLE lib.loans OWNER TO librarian;

--
-- Name: lent; Type: VIEW; Schema: lib; Owner: librarian
--

CREATE VIEW lib.lent AS
 SELECT b.title
   FROM (lib.books b
     JOIN lib.loans l ON ((l.book = b.id)));


ALTER TABLE lib.lent OWNER TO librarian;

--
-- Name: loans_id_seq; Type: SEQUENCE; Schema: lib; Owner: librarian
--

ALTER TABLE lib.loans ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME lib.loans_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: TABLE books; Type: ACL; Schema: lib; Owner: librarian
--

GRANT SELECT ON TABLE lib.books TO reader;


--
-- PostgreSQL database dump complete
--

\unrestrict HzCFyhbj7jzGgL2AGHfqND4aILbpGM86BtsrjF4nFvgNbdFVpxZPqroRQWhxCw3

