--
-- PostgreSQL database dump
--

\restrict FHEDh7xK9OCo6xDAyCdeubpkKm4GRHpeg4Xf5XksV6zKg13pv7OgQOvhJUM4jPJ

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
-- Name: app; Type: SCHEMA; Schema: -; Owner: shop_owner
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO shop_owner;

--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: order_status; Type: TYPE; Schema: app; Owner: shop_owner
--

CREATE TYPE app.order_status AS ENUM (
    'new',
    'paid',
    'shipped'
);


ALTER TYPE app.order_status OWNER TO shop_owner;

--
-- Name: add(integer, integer); Type: FUNCTION; Schema: app; Owner: shop_owner
--

CREATE FUNCTION app.add(a integer, b integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT (a + b);
END;


ALTER FUNCTION app.add(a integer, b integer) OWNER TO shop_owner;

--
-- Name: touch(); Type: FUNCTION; Schema: app; Owner: shop_owner
--

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN new.created_at := now(); RETURN new; END; $$;


ALTER FUNCTION app.touch() OWNER TO shop_owner;

--
-- Name: note_ddl(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.note_ddl() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE NOTICE 'ddl'; END; $$;


ALTER FUNCTION public.note_ddl() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: customers; Type: TABLE; Schema: app; Owner: shop_owner
--

CREATE TABLE app.customers (
    id bigint NOT NULL,
    email public.citext NOT NULL,
    full_name text NOT NULL,
    note text DEFAULT 'a;b\c'::text
);


ALTER TABLE app.customers OWNER TO shop_owner;

--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: app; Owner: shop_owner
--

ALTER TABLE app.customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: events; Type: TABLE; Schema: app; Owner: shop_owner
--

CREATE TABLE app.events (
    id bigint,
    at date NOT NULL,
    payload jsonb
)
PARTITION BY RANGE (at);


ALTER TABLE app.events OWNER TO shop_owner;

--
-- Name: events_2026; Type: TABLE; Schema: app; Owner: shop_owner
--

CREATE TABLE app.events_2026 (
    id bigint,
    at date NOT NULL,
    payload jsonb
);


ALTER TABLE app.events_2026 OWNER TO shop_owner;

--
-- Name: orders; Type: TABLE; Schema: app; Owner: shop_owner
--

CREATE TABLE app.orders (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    status app.order_status DEFAULT 'new'::app.order_status NOT NULL,
    total numeric(10,2),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT orders_total_check CHECK ((total >= (0)::numeric))
);


ALTER TABLE app.orders OWNER TO shop_owner;

--
-- Name: open_orders; Type: VIEW; Schema: app; Owner: shop_owner
--

CREATE VIEW app.open_orders AS
 SELECT o.id,
    c.email
   FROM (app.orders o
     JOIN app.customers c ON ((c.id = o.customer_id)))
  WHERE (o.status = 'new'::app.order_status);


ALTER TABLE app.open_orders OWNER TO shop_owner;

--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: app; Owner: shop_owner
--

CREATE SEQUENCE app.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE app.orders_id_seq OWNER TO shop_owner;

--
-- Name: orders_id_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: shop_owner
--

ALTER SEQUENCE app.orders_id_seq OWNED BY app.orders.id;


--
-- Name: totals; Type: MATERIALIZED VIEW; Schema: app; Owner: shop_owner
--

CREATE MATERIALIZED VIEW app.totals AS
 SELECT orders.customer_id,
    sum(orders.total) AS total
   FROM app.orders
  GROUP BY orders.customer_id
  WITH NO DATA;


ALTER TABLE app.totals OWNER TO shop_owner;

--
-- Name: events_2026; Type: TABLE ATTACH; Schema: app; Owner: shop_owner
--

ALTER TABLE ONLY app.events ATTACH PARTITION app.events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');


--
-- Name: orders id; Type: DEFAULT; Schema: app; Owner: shop_owner
--

ALTER TABLE ONLY app.orders ALTER COLUMN id SET DEFAULT nextval('app.orders_id_seq'::regclass);


--
-- Name: customers customers_email_key; Type: CONSTRAINT; Schema: app; Owner: shop_owner
--

ALTER TABLE ONLY app.customers
    ADD CONSTRAINT customers_email_key UNIQUE (email);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: app; Owner: shop_owner
--

ALTER TABLE ONLY app.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: app; Owner: shop_owner
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: customers_name_trgm; Type: INDEX; Schema: app; Owner: shop_owner
--

CREATE INDEX customers_name_trgm ON app.customers USING gin (full_name public.gin_trgm_ops);


--
-- Name: orders orders_touch; Type: TRIGGER; Schema: app; Owner: shop_owner
--

CREATE TRIGGER orders_touch BEFORE UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.touch();


--
-- Name: orders orders_customer_id_fkey; Type: FK CONSTRAINT; Schema: app; Owner: shop_owner
--

ALTER TABLE ONLY app.orders
    ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES app.customers(id);


--
-- Name: orders; Type: ROW SECURITY; Schema: app; Owner: shop_owner
--

ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;

--
-- Name: orders own_orders; Type: POLICY; Schema: app; Owner: shop_owner
--

CREATE POLICY own_orders ON app.orders FOR SELECT TO shop_reader, "Billing Team" USING ((created_at > (now() - '1 year 2 mons'::interval year to month)));


--
-- Name: SCHEMA app; Type: ACL; Schema: -; Owner: shop_owner
--

GRANT USAGE ON SCHEMA app TO shop_reader;


--
-- Name: TABLE customers; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT ON TABLE app.customers TO shop_reader;


--
-- Name: COLUMN customers.email; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT(email) ON TABLE app.customers TO shop_admin;


--
-- Name: TABLE events; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT ON TABLE app.events TO shop_reader;


--
-- Name: TABLE events_2026; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT ON TABLE app.events_2026 TO shop_reader;


--
-- Name: TABLE orders; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT ON TABLE app.orders TO shop_reader;
GRANT SELECT,INSERT ON TABLE app.orders TO "Billing Team" WITH GRANT OPTION;


--
-- Name: TABLE open_orders; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT ON TABLE app.open_orders TO shop_reader;


--
-- Name: TABLE totals; Type: ACL; Schema: app; Owner: shop_owner
--

GRANT SELECT ON TABLE app.totals TO shop_reader;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: app; Owner: shop_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner IN SCHEMA app GRANT SELECT ON TABLES  TO shop_reader;


--
-- Name: note_ddl; Type: EVENT TRIGGER; Schema: -; Owner: postgres
--

CREATE EVENT TRIGGER note_ddl ON ddl_command_end
   EXECUTE FUNCTION public.note_ddl();


ALTER EVENT TRIGGER note_ddl OWNER TO postgres;

--
-- PostgreSQL database dump complete
--

\unrestrict FHEDh7xK9OCo6xDAyCdeubpkKm4GRHpeg4Xf5XksV6zKg13pv7OgQOvhJUM4jPJ

