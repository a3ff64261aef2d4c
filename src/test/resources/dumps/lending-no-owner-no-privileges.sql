--
-- PostgreSQL database dump
--

\restrict GBcmAnMVVtRzavJwk9dAPKcl9careahRTrx7RiyWSxXkzXJiA3nZioSB3TFmLmw

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
-- Name: lib; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA lib;


--
-- Name: state; Type: TYPE; Schema: lib; Owner: -
--

CREATE TYPE lib.state AS ENUM (
    'in',
    'out'
);


--
-- Name: note(); Type: FUNCTION; Schema: lib; Owner: -
--

CREATE FUNCTION lib.note() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RETURN new; END; $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: books; Type: TABLE; Schema: lib; Owner: -
--

CREATE TABLE lib.books (
    id integer NOT NULL,
    title text NOT NULL,
    state lib.state DEFAULT 'in'::lib.state
);


--
-- Name: loans; Type: TABLE; Schema: lib; Owner: -
--

CREATE TABLE lib.loans (
    id integer NOT NULL,
    book integer NOT NULL,
    since date DEFAULT '2026-01-01'::date
);


--
-- Name: lent; Type: VIEW; Schema: lib; Owner: -
--

CREATE VIEW lib.lent AS
 SELECT b.title
   FROM (lib.books b
     JOIN lib.loans l ON ((l.book = b.id)));


--
-- Name: loans_id_seq; Type: SEQUENCE; Schema: lib; Owner: -
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
-- Name: books books_pkey; Type: CONSTRAINT; Schema: lib; Owner: -
--

ALTER TABLE ONLY lib.books
    ADD CONSTRAINT books_pkey PRIMARY KEY (id);


--
-- Name: loans loans_pkey; Type: CONSTRAINT; Schema: lib; Owner: -
--

ALTER TABLE ONLY lib.loans
    ADD CONSTRAINT loans_pkey PRIMARY KEY (id);


--
-- Name: loans_book; Type: INDEX; Schema: lib; Owner: -
--

CREATE INDEX loans_book ON lib.loans USING btree (book);


--
-- Name: loans loans_note; Type: TRIGGER; Schema: lib; Owner: -
--

CREATE TRIGGER loans_note BEFORE INSERT ON lib.loans FOR EACH ROW EXECUTE FUNCTION lib.note();


--
-- Name: loans loans_book_fkey; Type: FK CONSTRAINT; Schema: lib; Owner: -
--

ALTER TABLE ONLY lib.loans
    ADD CONSTRAINT loans_book_fkey FOREIGN KEY (book) REFERENCES lib.books(id);


--
-- PostgreSQL database dump complete
--

\unrestrict GBcmAnMVVtRzavJwk9dAPKcl9careahRTrx7RiyWSxXkzXJiA3nZioSB3TFmLmw

