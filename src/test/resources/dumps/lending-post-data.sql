--
-- PostgreSQL database dump
--

\restrict gbFF7o4ZiOlvEaKpLqf7VFlaWaFWexs8jtxXE0E6eF3VAWabWdtlwUAUx0I96Vg

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

SET default_tablespace = '';

--
-- Name: books books_pkey; Type: CONSTRAINT; Schema: lib; Owner: librarian
--

ALTER TABLE ONLY lib.books
    ADD CONSTRAINT books_pkey PRIMARY KEY (id);


--
-- Name: loans loans_pkey; Type: CONSTRAINT; Schema: lib; Owner: librarian
--

ALTER TABLE ONLY lib.loans
    ADD CONSTRAINT loans_pkey PRIMARY KEY (id);


--
-- Name: loans_book; Type: INDEX; Schema: lib; Owner: librarian
--

CREATE INDEX loans_book ON lib.loans USING btree (book);


--
-- Name: loans loans_note; Type: TRIGGER; Schema: lib; Owner: librarian
--

CREATE TRIGGER loans_note BEFORE INSERT ON lib.loans FOR EACH ROW EXECUTE FUNCTION lib.note();


--
-- Name: loans loans_book_fkey; Type: FK CONSTRAINT; Schema: lib; Owner: librarian
--

ALTER TABLE ONLY lib.loans
    ADD CONSTRAINT loans_book_fkey FOREIGN KEY (book) REFERENCES lib.books(id);


--
-- PostgreSQL database dump complete
--

\unrestrict gbFF7o4ZiOlvEaKpLqf7VFlaWaFWexs8jtxXE0E6eF3VAWabWdtlwUAUx0I96Vg

