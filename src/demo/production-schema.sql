--
-- PostgreSQL database dump
--

\restrict TlGP5m1GwF8yg0FhscisiCBSJlwnsyFaKKOCvP2JmNluWJoYewJ4X5M6Z3IRErP

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
-- Name: billing; Type: SCHEMA; Schema: -; Owner: orders_owner
--

CREATE SCHEMA billing;


ALTER SCHEMA billing OWNER TO orders_owner;

--
-- Name: SCHEMA billing; Type: COMMENT; Schema: -; Owner: orders_owner
--

COMMENT ON SCHEMA billing IS 'Invoices and taxes. Figures here are audited: never update in place.';


--
-- Name: public; Type: SCHEMA; Schema: -; Owner: orders_owner
--

-- *not* creating schema, since initdb creates it


ALTER SCHEMA public OWNER TO orders_owner;

--
-- Name: reporting; Type: SCHEMA; Schema: -; Owner: dba_ops
--

CREATE SCHEMA reporting;


ALTER SCHEMA reporting OWNER TO dba_ops;

--
-- Name: SCHEMA reporting; Type: COMMENT; Schema: -; Owner: dba_ops
--

COMMENT ON SCHEMA reporting IS 'Made by the DBA team for finance, not part of the migrations.';


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
-- Name: pgcrypto; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;


--
-- Name: EXTENSION pgcrypto; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';


--
-- Name: currency_code; Type: DOMAIN; Schema: public; Owner: orders_owner
--

CREATE DOMAIN public.currency_code AS character(3)
	CONSTRAINT currency_code_check CHECK ((VALUE ~ '^[A-Z]{3}$'::text));


ALTER DOMAIN public.currency_code OWNER TO orders_owner;

--
-- Name: DOMAIN currency_code; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON DOMAIN public.currency_code IS 'ISO 4217';


--
-- Name: email_address; Type: DOMAIN; Schema: public; Owner: orders_owner
--

CREATE DOMAIN public.email_address AS public.citext
	CONSTRAINT email_address_check CHECK ((VALUE OPERATOR(public.~) '^[^@[:space:]]+@[^@[:space:]]+$'::public.citext));


ALTER DOMAIN public.email_address OWNER TO orders_owner;

--
-- Name: money_amount; Type: TYPE; Schema: public; Owner: orders_owner
--

CREATE TYPE public.money_amount AS (
	amount numeric(14,2),
	currency character(3)
);


ALTER TYPE public.money_amount OWNER TO orders_owner;

--
-- Name: order_status; Type: TYPE; Schema: public; Owner: orders_owner
--

CREATE TYPE public.order_status AS ENUM (
    'draft',
    'pending',
    'paid',
    'shipped',
    'delivered',
    'cancelled'
);


ALTER TYPE public.order_status OWNER TO orders_owner;

--
-- Name: payment_state; Type: TYPE; Schema: public; Owner: orders_owner
--

CREATE TYPE public.payment_state AS ENUM (
    'created',
    'authorized',
    'captured',
    'failed',
    'voided'
);


ALTER TYPE public.payment_state OWNER TO orders_owner;

--
-- Name: positive_amount; Type: DOMAIN; Schema: public; Owner: orders_owner
--

CREATE DOMAIN public.positive_amount AS numeric(14,2)
	CONSTRAINT positive_amount_check CHECK ((VALUE >= (0)::numeric));


ALTER DOMAIN public.positive_amount OWNER TO orders_owner;

--
-- Name: return_state; Type: TYPE; Schema: public; Owner: orders_owner
--

CREATE TYPE public.return_state AS ENUM (
    'requested',
    'received',
    'refunded',
    'rejected'
);


ALTER TYPE public.return_state OWNER TO orders_owner;

--
-- Name: shipment_state; Type: TYPE; Schema: public; Owner: orders_owner
--

CREATE TYPE public.shipment_state AS ENUM (
    'packed',
    'handed_over',
    'in_transit',
    'delivered',
    'lost'
);


ALTER TYPE public.shipment_state OWNER TO orders_owner;

--
-- Name: stock_reason; Type: TYPE; Schema: public; Owner: orders_owner
--

CREATE TYPE public.stock_reason AS ENUM (
    'purchase',
    'sale',
    'return',
    'correction'
);


ALTER TYPE public.stock_reason OWNER TO orders_owner;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: billing; Owner: orders_owner
--

CREATE FUNCTION billing.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of %.% are final', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', HINT = 'Write a credit note.';
END
$$;


ALTER FUNCTION billing.refuse_change() OWNER TO orders_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: tax_rates; Type: TABLE; Schema: billing; Owner: orders_owner
--

CREATE TABLE billing.tax_rates (
    country_code character(2) NOT NULL,
    valid_from date NOT NULL,
    percent numeric(5,2) NOT NULL,
    CONSTRAINT tax_rates_percent_check CHECK (((percent >= (0)::numeric) AND (percent < (100)::numeric)))
);


ALTER TABLE billing.tax_rates OWNER TO orders_owner;

--
-- Name: tax_percent(character, date); Type: FUNCTION; Schema: billing; Owner: orders_owner
--

CREATE FUNCTION billing.tax_percent(country character, on_day date) RETURNS numeric
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT t.percent
    FROM billing.tax_rates t
   WHERE ((t.country_code = tax_percent.country) AND (t.valid_from <= tax_percent.on_day))
   ORDER BY t.valid_from DESC
  LIMIT 1;
END;


ALTER FUNCTION billing.tax_percent(country character, on_day date) OWNER TO orders_owner;

--
-- Name: FUNCTION tax_percent(country character, on_day date); Type: COMMENT; Schema: billing; Owner: orders_owner
--

COMMENT ON FUNCTION billing.tax_percent(country character, on_day date) IS 'The rate valid on that day; null for a country without tax.';


--
-- Name: book_stock_movement(); Type: FUNCTION; Schema: public; Owner: orders_owner
--

CREATE FUNCTION public.book_stock_movement() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE public.stock_levels
    SET on_hand = on_hand + NEW.quantity
    WHERE warehouse_id = NEW.warehouse_id AND variant_id = NEW.variant_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no stock level for variant % in warehouse %', NEW.variant_id, NEW.warehouse_id;
    END IF;
    RETURN NEW;
END
$$;


ALTER FUNCTION public.book_stock_movement() OWNER TO orders_owner;

--
-- Name: user_passwords; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.user_passwords (
    user_id bigint NOT NULL,
    hash text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_passwords_hash_check CHECK ((hash ~~ '$2a$%'::text))
);


ALTER TABLE public.user_passwords OWNER TO orders_owner;

--
-- Name: check_password(bigint, text); Type: FUNCTION; Schema: public; Owner: orders_owner
--

CREATE FUNCTION public.check_password(who bigint, password text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (SELECT (p.hash = public.crypt(check_password.password, p.hash)) FROM public.user_passwords p WHERE (p.user_id = check_password.who));


ALTER FUNCTION public.check_password(who bigint, password text) OWNER TO orders_owner;

--
-- Name: log_price_change(); Type: FUNCTION; Schema: public; Owner: dba_ops
--

CREATE FUNCTION public.log_price_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO public.audit_log (action, note)
    VALUES ('price', format('%s: %s -> %s', NEW.sku, OLD.price, NEW.price));
    RETURN NEW;
END
$$;


ALTER FUNCTION public.log_price_change() OWNER TO dba_ops;

--
-- Name: orders; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.orders (
    id bigint NOT NULL,
    number text NOT NULL,
    user_id bigint NOT NULL,
    status public.order_status DEFAULT 'draft'::public.order_status NOT NULL,
    shipping_address_id bigint,
    currency public.currency_code DEFAULT 'EUR'::bpchar,
    total public.positive_amount DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    cancelled_at timestamp with time zone,
    CONSTRAINT orders_cancelled_at_check CHECK (((cancelled_at IS NULL) OR (status = 'cancelled'::public.order_status)))
);


ALTER TABLE public.orders OWNER TO orders_owner;

--
-- Name: order_number_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.order_number_seq
    START WITH 100000
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.order_number_seq OWNER TO orders_owner;

--
-- Name: order_number_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.order_number_seq OWNED BY public.orders.number;


--
-- Name: next_order_number(); Type: FUNCTION; Schema: public; Owner: orders_owner
--

CREATE FUNCTION public.next_order_number() RETURNS text
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT ('O-'::text || to_char(nextval('public.order_number_seq'::regclass), 'FM0000000000'::text));
END;


ALTER FUNCTION public.next_order_number() OWNER TO orders_owner;

--
-- Name: notify_outbox(); Type: FUNCTION; Schema: public; Owner: orders_owner
--

CREATE FUNCTION public.notify_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify('email_outbox', NEW.id::text);
    RETURN NULL;
END
$$;


ALTER FUNCTION public.notify_outbox() OWNER TO orders_owner;

--
-- Name: payments; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.payments (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    method text DEFAULT 'card'::text NOT NULL,
    state public.payment_state DEFAULT 'created'::public.payment_state NOT NULL,
    amount public.positive_amount NOT NULL,
    currency public.currency_code NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    provider_reference text
);


ALTER TABLE public.payments OWNER TO orders_owner;

--
-- Name: refunds; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.refunds (
    id bigint NOT NULL,
    payment_id bigint NOT NULL,
    return_id bigint,
    amount public.positive_amount NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.refunds OWNER TO orders_owner;

--
-- Name: refundable(bigint); Type: FUNCTION; Schema: public; Owner: orders_owner
--

CREATE FUNCTION public.refundable(payment bigint) RETURNS numeric
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT ((p.amount)::numeric - COALESCE(sum((r.amount)::numeric), (0)::numeric))
    FROM (public.payments p
      LEFT JOIN public.refunds r ON ((r.payment_id = p.id)))
   WHERE (p.id = refundable.payment)
   GROUP BY p.amount;
END;


ALTER FUNCTION public.refundable(payment bigint) OWNER TO orders_owner;

--
-- Name: touch_updated_at(); Type: FUNCTION; Schema: public; Owner: orders_owner
--

CREATE FUNCTION public.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;


ALTER FUNCTION public.touch_updated_at() OWNER TO orders_owner;

--
-- Name: credit_notes; Type: TABLE; Schema: billing; Owner: orders_owner
--

CREATE TABLE billing.credit_notes (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    reason text NOT NULL,
    net public.positive_amount NOT NULL,
    tax public.positive_amount NOT NULL,
    issued_on date DEFAULT CURRENT_DATE NOT NULL
);


ALTER TABLE billing.credit_notes OWNER TO orders_owner;

--
-- Name: credit_notes_id_seq; Type: SEQUENCE; Schema: billing; Owner: orders_owner
--

ALTER TABLE billing.credit_notes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.credit_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: customers; Type: TABLE; Schema: billing; Owner: orders_owner
--

CREATE TABLE billing.customers (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    company text,
    invoice_address text NOT NULL,
    country_code character(2) NOT NULL
);


ALTER TABLE billing.customers OWNER TO orders_owner;

--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: billing; Owner: orders_owner
--

CREATE SEQUENCE billing.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE billing.customers_id_seq OWNER TO orders_owner;

--
-- Name: customers_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: orders_owner
--

ALTER SEQUENCE billing.customers_id_seq OWNED BY billing.customers.id;


--
-- Name: dunning_runs; Type: TABLE; Schema: billing; Owner: orders_owner
--

CREATE TABLE billing.dunning_runs (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    level smallint NOT NULL,
    sent_on date DEFAULT CURRENT_DATE NOT NULL,
    CONSTRAINT dunning_runs_level_check CHECK (((level >= 1) AND (level <= 3)))
);


ALTER TABLE billing.dunning_runs OWNER TO orders_owner;

--
-- Name: dunning_runs_id_seq; Type: SEQUENCE; Schema: billing; Owner: orders_owner
--

ALTER TABLE billing.dunning_runs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.dunning_runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: invoice_balance; Type: VIEW; Schema: billing; Owner: orders_owner
--

CREATE VIEW billing.invoice_balance AS
SELECT
    NULL::bigint AS invoice_id,
    NULL::numeric AS balance;


ALTER TABLE billing.invoice_balance OWNER TO orders_owner;

--
-- Name: invoice_lines; Type: TABLE; Schema: billing; Owner: orders_owner
--

CREATE TABLE billing.invoice_lines (
    invoice_id bigint NOT NULL,
    "position" integer NOT NULL,
    text text NOT NULL,
    net public.positive_amount NOT NULL,
    tax_percent numeric(5,2) NOT NULL
);


ALTER TABLE billing.invoice_lines OWNER TO orders_owner;

--
-- Name: invoices; Type: TABLE; Schema: billing; Owner: orders_owner
--

CREATE TABLE billing.invoices (
    id bigint NOT NULL,
    number text NOT NULL,
    customer_id bigint NOT NULL,
    order_id bigint NOT NULL,
    issued_on date DEFAULT CURRENT_DATE NOT NULL,
    due_on date NOT NULL,
    net public.positive_amount NOT NULL,
    tax public.positive_amount NOT NULL,
    CONSTRAINT invoices_due_check CHECK ((due_on >= issued_on))
);


ALTER TABLE billing.invoices OWNER TO orders_owner;

--
-- Name: invoices_id_seq; Type: SEQUENCE; Schema: billing; Owner: orders_owner
--

CREATE SEQUENCE billing.invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE billing.invoices_id_seq OWNER TO orders_owner;

--
-- Name: invoices_id_seq; Type: SEQUENCE OWNED BY; Schema: billing; Owner: orders_owner
--

ALTER SEQUENCE billing.invoices_id_seq OWNED BY billing.invoices.id;


--
-- Name: audit_log; Type: TABLE; Schema: public; Owner: dba_ops
--

CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    actor_id bigint,
    at timestamp with time zone DEFAULT now() NOT NULL,
    action text NOT NULL,
    note text
);


ALTER TABLE public.audit_log OWNER TO dba_ops;

--
-- Name: TABLE audit_log; Type: COMMENT; Schema: public; Owner: dba_ops
--

COMMENT ON TABLE public.audit_log IS 'Made by hand for the 2025 audit (OPS-882).';


--
-- Name: audit_log_id_seq; Type: SEQUENCE; Schema: public; Owner: dba_ops
--

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: product_variants; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.product_variants (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    name text NOT NULL,
    price_difference numeric(14,2) DEFAULT 0 NOT NULL,
    grams integer
);


ALTER TABLE public.product_variants OWNER TO orders_owner;

--
-- Name: products; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.products (
    id bigint NOT NULL,
    sku text NOT NULL,
    legacy_sku character varying(20),
    title text NOT NULL,
    description text,
    price public.positive_amount NOT NULL,
    currency public.currency_code DEFAULT 'EUR'::bpchar NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    active boolean DEFAULT true NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((title || ' '::text) || COALESCE(description, ''::text)))) STORED,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.products OWNER TO orders_owner;

--
-- Name: COLUMN products.legacy_sku; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON COLUMN public.products.legacy_sku IS 'Number in the old mail-order system.';


--
-- Name: stock_levels; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.stock_levels (
    warehouse_id integer NOT NULL,
    variant_id bigint NOT NULL,
    on_hand integer DEFAULT 0 NOT NULL,
    reserved integer DEFAULT 0 NOT NULL,
    CONSTRAINT stock_levels_reserved_check CHECK (((reserved >= 0) AND (reserved <= on_hand)))
);


ALTER TABLE public.stock_levels OWNER TO orders_owner;

--
-- Name: available_stock; Type: VIEW; Schema: public; Owner: orders_owner
--

CREATE VIEW public.available_stock WITH (security_barrier='true') AS
 SELECT v.id AS variant_id,
    p.sku,
    sum((s.on_hand - s.reserved)) AS available
   FROM ((public.product_variants v
     JOIN public.products p ON ((p.id = v.product_id)))
     JOIN public.stock_levels s ON ((s.variant_id = v.id)))
  GROUP BY v.id, p.sku;


ALTER TABLE public.available_stock OWNER TO orders_owner;

--
-- Name: carriers; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.carriers (
    id integer NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    tracking_url text
);


ALTER TABLE public.carriers OWNER TO orders_owner;

--
-- Name: carriers_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.carriers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.carriers_id_seq OWNER TO orders_owner;

--
-- Name: carriers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.carriers_id_seq OWNED BY public.carriers.id;


--
-- Name: cart_items; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.cart_items (
    cart_id uuid NOT NULL,
    variant_id bigint NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT cart_items_quantity_check CHECK ((quantity > 0))
);


ALTER TABLE public.cart_items OWNER TO orders_owner;

--
-- Name: carts; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.carts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.carts OWNER TO orders_owner;

--
-- Name: categories; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.categories (
    id integer NOT NULL,
    parent_id integer,
    slug text NOT NULL,
    title text NOT NULL
);


ALTER TABLE public.categories OWNER TO orders_owner;

--
-- Name: categories_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.categories_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.categories_id_seq OWNER TO orders_owner;

--
-- Name: categories_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.categories_id_seq OWNED BY public.categories.id;


--
-- Name: countries; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.countries (
    code character(2) NOT NULL,
    name text NOT NULL,
    shipping_zone_id integer
);


ALTER TABLE public.countries OWNER TO orders_owner;

--
-- Name: coupon_redemptions; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.coupon_redemptions (
    coupon_id bigint NOT NULL,
    order_id bigint NOT NULL,
    redeemed_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.coupon_redemptions OWNER TO orders_owner;

--
-- Name: coupons; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.coupons (
    id bigint NOT NULL,
    code public.citext NOT NULL,
    percent_off numeric(5,2),
    amount_off public.positive_amount,
    valid daterange NOT NULL,
    CONSTRAINT coupons_one_kind CHECK ((num_nonnulls(percent_off, amount_off) = 1))
);


ALTER TABLE public.coupons OWNER TO orders_owner;

--
-- Name: coupons_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

ALTER TABLE public.coupons ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coupons_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: daily_sales; Type: MATERIALIZED VIEW; Schema: public; Owner: orders_owner
--

CREATE MATERIALIZED VIEW public.daily_sales AS
 SELECT ((o.created_at AT TIME ZONE 'Europe/Berlin'::text))::date AS day,
    o.currency,
    count(*) AS orders,
    sum((o.total)::numeric) AS total
   FROM public.orders o
  WHERE (o.status = ANY (ARRAY['paid'::public.order_status, 'shipped'::public.order_status, 'delivered'::public.order_status]))
  GROUP BY (((o.created_at AT TIME ZONE 'Europe/Berlin'::text))::date), o.currency
  WITH NO DATA;


ALTER TABLE public.daily_sales OWNER TO orders_owner;

--
-- Name: email_outbox; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.email_outbox (
    id bigint NOT NULL,
    recipient public.email_address NOT NULL,
    template text NOT NULL,
    parameters jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_at timestamp with time zone
);


ALTER TABLE public.email_outbox OWNER TO orders_owner;

--
-- Name: email_outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

ALTER TABLE public.email_outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.email_outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: feature_flags; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.feature_flags (
    name text NOT NULL,
    enabled boolean DEFAULT false NOT NULL,
    share numeric(3,2) DEFAULT 1 NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT feature_flags_share_check CHECK (((share >= (0)::numeric) AND (share <= (1)::numeric)))
);


ALTER TABLE public.feature_flags OWNER TO orders_owner;

--
-- Name: users; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email public.email_address NOT NULL,
    login text NOT NULL,
    nick_name text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.users OWNER TO orders_owner;

--
-- Name: TABLE users; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON TABLE public.users IS 'Everyone who can sign in, staff included.';


--
-- Name: COLUMN users.nick_name; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON COLUMN public.users.nick_name IS 'Shown beside reviews.';


--
-- Name: open_orders; Type: VIEW; Schema: public; Owner: orders_owner
--

CREATE VIEW public.open_orders AS
 SELECT o.id,
    o.number,
    o.status,
    u.email,
    o.total,
    o.currency,
    o.created_at
   FROM (public.orders o
     JOIN public.users u ON ((u.id = o.user_id)))
  WHERE (o.status = ANY (ARRAY['pending'::public.order_status, 'paid'::public.order_status]));


ALTER TABLE public.open_orders OWNER TO orders_owner;

--
-- Name: order_events; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.order_events (
    order_id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    details jsonb
)
PARTITION BY RANGE (at);


ALTER TABLE public.order_events OWNER TO orders_owner;

--
-- Name: TABLE order_events; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON TABLE public.order_events IS 'Partitioned by quarter since 2025, by hand.';


--
-- Name: order_events_2025h2; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.order_events_2025h2 (
    order_id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    details jsonb
);


ALTER TABLE public.order_events_2025h2 OWNER TO orders_owner;

--
-- Name: order_items; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.order_items (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    variant_id bigint NOT NULL,
    quantity integer NOT NULL,
    unit_price public.positive_amount NOT NULL,
    line_total numeric(14,2) GENERATED ALWAYS AS (((quantity)::numeric * (unit_price)::numeric(14,2))) STORED,
    CONSTRAINT order_items_quantity_check CHECK ((quantity > 0))
);


ALTER TABLE public.order_items OWNER TO orders_owner;

--
-- Name: order_items_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.order_items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.order_items_id_seq OWNER TO orders_owner;

--
-- Name: order_items_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.order_items_id_seq OWNED BY public.order_items.id;


--
-- Name: order_notes; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.order_notes (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    author_id bigint,
    body text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.order_notes OWNER TO orders_owner;

--
-- Name: order_notes_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.order_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.order_notes_id_seq OWNER TO orders_owner;

--
-- Name: order_notes_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.order_notes_id_seq OWNED BY public.order_notes.id;


--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.orders_id_seq OWNER TO orders_owner;

--
-- Name: orders_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.orders_id_seq OWNED BY public.orders.id;


--
-- Name: payment_attempts; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.payment_attempts (
    id bigint NOT NULL,
    payment_id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    outcome text NOT NULL,
    response jsonb
);


ALTER TABLE public.payment_attempts OWNER TO orders_owner;

--
-- Name: payment_attempts_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.payment_attempts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.payment_attempts_id_seq OWNER TO orders_owner;

--
-- Name: payment_attempts_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.payment_attempts_id_seq OWNED BY public.payment_attempts.id;


--
-- Name: payments_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.payments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.payments_id_seq OWNER TO orders_owner;

--
-- Name: payments_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.payments_id_seq OWNED BY public.payments.id;


--
-- Name: product_categories; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.product_categories (
    product_id bigint NOT NULL,
    category_id integer NOT NULL
);


ALTER TABLE public.product_categories OWNER TO orders_owner;

--
-- Name: product_reviews; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.product_reviews (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    user_id bigint NOT NULL,
    stars smallint NOT NULL,
    body text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT product_reviews_stars_check CHECK (((stars >= 1) AND (stars <= 5)))
);
ALTER TABLE ONLY public.product_reviews ALTER COLUMN body SET STORAGE EXTERNAL;


ALTER TABLE public.product_reviews OWNER TO orders_owner;

--
-- Name: product_reviews_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.product_reviews_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.product_reviews_id_seq OWNER TO orders_owner;

--
-- Name: product_reviews_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.product_reviews_id_seq OWNED BY public.product_reviews.id;


--
-- Name: product_variants_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.product_variants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.product_variants_id_seq OWNER TO orders_owner;

--
-- Name: product_variants_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.product_variants_id_seq OWNED BY public.product_variants.id;


--
-- Name: products_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.products_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.products_id_seq OWNER TO orders_owner;

--
-- Name: products_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.products_id_seq OWNED BY public.products.id;


--
-- Name: refunds_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

ALTER TABLE public.refunds ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.refunds_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: return_items; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.return_items (
    return_id bigint NOT NULL,
    order_item_id bigint NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT return_items_quantity_check CHECK ((quantity > 0))
);


ALTER TABLE public.return_items OWNER TO orders_owner;

--
-- Name: returns; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.returns (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    state public.return_state DEFAULT 'requested'::public.return_state NOT NULL,
    requested_at timestamp with time zone DEFAULT now() NOT NULL,
    remark text
);


ALTER TABLE public.returns OWNER TO orders_owner;

--
-- Name: returns_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

ALTER TABLE public.returns ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.returns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: shipment_items; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.shipment_items (
    shipment_id bigint NOT NULL,
    order_item_id bigint NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT shipment_items_quantity_check CHECK ((quantity > 0))
);


ALTER TABLE public.shipment_items OWNER TO orders_owner;

--
-- Name: shipments; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.shipments (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    warehouse_id integer,
    carrier text,
    tracking_code text,
    state public.shipment_state DEFAULT 'packed'::public.shipment_state NOT NULL,
    shipped_at timestamp with time zone
);


ALTER TABLE public.shipments OWNER TO orders_owner;

--
-- Name: shipments_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.shipments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.shipments_id_seq OWNER TO orders_owner;

--
-- Name: shipments_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.shipments_id_seq OWNED BY public.shipments.id;


--
-- Name: shipping_rates; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.shipping_rates (
    id integer NOT NULL,
    zone_id integer NOT NULL,
    max_grams integer NOT NULL,
    price public.positive_amount NOT NULL,
    CONSTRAINT shipping_rates_max_grams_check CHECK ((max_grams > 0))
);


ALTER TABLE public.shipping_rates OWNER TO orders_owner;

--
-- Name: shipping_rates_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.shipping_rates_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.shipping_rates_id_seq OWNER TO orders_owner;

--
-- Name: shipping_rates_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.shipping_rates_id_seq OWNED BY public.shipping_rates.id;


--
-- Name: shipping_zones; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.shipping_zones (
    id integer NOT NULL,
    name text NOT NULL
);


ALTER TABLE public.shipping_zones OWNER TO orders_owner;

--
-- Name: shipping_zones_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.shipping_zones_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.shipping_zones_id_seq OWNER TO orders_owner;

--
-- Name: shipping_zones_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.shipping_zones_id_seq OWNED BY public.shipping_zones.id;


--
-- Name: stock_movements; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.stock_movements (
    id bigint NOT NULL,
    warehouse_id integer NOT NULL,
    variant_id bigint NOT NULL,
    quantity integer NOT NULL,
    reason public.stock_reason NOT NULL,
    booked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stock_movements_quantity_check CHECK ((quantity <> 0))
);


ALTER TABLE public.stock_movements OWNER TO orders_owner;

--
-- Name: stock_movements_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

ALTER TABLE public.stock_movements ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stock_movements_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: supplier_products; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.supplier_products (
    supplier_id integer NOT NULL,
    product_id bigint NOT NULL,
    cost public.positive_amount NOT NULL
);


ALTER TABLE public.supplier_products OWNER TO orders_owner;

--
-- Name: suppliers; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.suppliers (
    id integer NOT NULL,
    name text NOT NULL,
    contact public.email_address,
    lead_time interval DEFAULT '5 days'::interval NOT NULL
);


ALTER TABLE public.suppliers OWNER TO orders_owner;

--
-- Name: suppliers_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.suppliers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.suppliers_id_seq OWNER TO orders_owner;

--
-- Name: suppliers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.suppliers_id_seq OWNED BY public.suppliers.id;


--
-- Name: support_messages; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.support_messages (
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    author_id bigint,
    body text NOT NULL,
    sent_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.support_messages OWNER TO orders_owner;

--
-- Name: support_messages_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.support_messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.support_messages_id_seq OWNER TO orders_owner;

--
-- Name: support_messages_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.support_messages_id_seq OWNED BY public.support_messages.id;


--
-- Name: support_tickets; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.support_tickets (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    order_id bigint,
    team text DEFAULT 'first_line'::text NOT NULL,
    subject text NOT NULL,
    closed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.support_tickets OWNER TO orders_owner;

--
-- Name: support_tickets_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.support_tickets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.support_tickets_id_seq OWNER TO orders_owner;

--
-- Name: support_tickets_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.support_tickets_id_seq OWNED BY public.support_tickets.id;


--
-- Name: tb_confiture; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.tb_confiture (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    pk_confiture bigint NOT NULL,
    slug text NOT NULL,
    version character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    execution_time_ms integer,
    checksum character varying(64)
);


ALTER TABLE public.tb_confiture OWNER TO orders_owner;

--
-- Name: TABLE tb_confiture; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON TABLE public.tb_confiture IS 'Tracks applied database migrations for Confiture';


--
-- Name: tb_confiture_pk_confiture_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

ALTER TABLE public.tb_confiture ALTER COLUMN pk_confiture ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tb_confiture_pk_confiture_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: user_addresses; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.user_addresses (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    label text DEFAULT 'home'::text NOT NULL,
    street text NOT NULL,
    city text NOT NULL,
    postcode text NOT NULL,
    country_code character(2) NOT NULL,
    is_default boolean DEFAULT false NOT NULL
);


ALTER TABLE public.user_addresses OWNER TO orders_owner;

--
-- Name: user_addresses_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.user_addresses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.user_addresses_id_seq OWNER TO orders_owner;

--
-- Name: user_addresses_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.user_addresses_id_seq OWNED BY public.user_addresses.id;


--
-- Name: user_consents; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.user_consents (
    user_id bigint NOT NULL,
    purpose text NOT NULL,
    given_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT user_consents_order CHECK ((withdrawn_at > given_at))
);


ALTER TABLE public.user_consents OWNER TO orders_owner;

--
-- Name: user_sessions; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.user_sessions (
    token uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id bigint NOT NULL,
    ip inet,
    user_agent text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02', fillfactor='80');


ALTER TABLE public.user_sessions OWNER TO orders_owner;

--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.users_id_seq OWNER TO orders_owner;

--
-- Name: users_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;


--
-- Name: warehouses; Type: TABLE; Schema: public; Owner: orders_owner
--

CREATE TABLE public.warehouses (
    id integer NOT NULL,
    code text NOT NULL,
    country_code character(2) NOT NULL
);


ALTER TABLE public.warehouses OWNER TO orders_owner;

--
-- Name: warehouses_id_seq; Type: SEQUENCE; Schema: public; Owner: orders_owner
--

CREATE SEQUENCE public.warehouses_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.warehouses_id_seq OWNER TO orders_owner;

--
-- Name: warehouses_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: orders_owner
--

ALTER SEQUENCE public.warehouses_id_seq OWNED BY public.warehouses.id;


--
-- Name: products_export; Type: VIEW; Schema: reporting; Owner: dba_ops
--

CREATE VIEW reporting.products_export AS
 SELECT products.sku,
    products.legacy_sku,
    products.title,
    products.price,
    products.currency
   FROM public.products
  WHERE products.active;


ALTER TABLE reporting.products_export OWNER TO dba_ops;

--
-- Name: VIEW products_export; Type: COMMENT; Schema: reporting; Owner: dba_ops
--

COMMENT ON VIEW reporting.products_export IS 'Read every night by the mail-order system.';


--
-- Name: stock_daily; Type: TABLE; Schema: reporting; Owner: dba_ops
--

CREATE TABLE reporting.stock_daily (
    day date NOT NULL,
    variant_id bigint NOT NULL,
    on_hand integer NOT NULL
);


ALTER TABLE reporting.stock_daily OWNER TO dba_ops;

--
-- Name: order_events_2025h2; Type: TABLE ATTACH; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_events ATTACH PARTITION public.order_events_2025h2 FOR VALUES FROM ('2025-07-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');


--
-- Name: customers id; Type: DEFAULT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.customers ALTER COLUMN id SET DEFAULT nextval('billing.customers_id_seq'::regclass);


--
-- Name: invoices id; Type: DEFAULT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoices ALTER COLUMN id SET DEFAULT nextval('billing.invoices_id_seq'::regclass);


--
-- Name: carriers id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.carriers ALTER COLUMN id SET DEFAULT nextval('public.carriers_id_seq'::regclass);


--
-- Name: categories id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.categories ALTER COLUMN id SET DEFAULT nextval('public.categories_id_seq'::regclass);


--
-- Name: order_items id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_items ALTER COLUMN id SET DEFAULT nextval('public.order_items_id_seq'::regclass);


--
-- Name: order_notes id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_notes ALTER COLUMN id SET DEFAULT nextval('public.order_notes_id_seq'::regclass);


--
-- Name: orders id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);


--
-- Name: orders number; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.orders ALTER COLUMN number SET DEFAULT public.next_order_number();


--
-- Name: payment_attempts id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.payment_attempts ALTER COLUMN id SET DEFAULT nextval('public.payment_attempts_id_seq'::regclass);


--
-- Name: payments id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.payments ALTER COLUMN id SET DEFAULT nextval('public.payments_id_seq'::regclass);


--
-- Name: product_reviews id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_reviews ALTER COLUMN id SET DEFAULT nextval('public.product_reviews_id_seq'::regclass);


--
-- Name: product_variants id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_variants ALTER COLUMN id SET DEFAULT nextval('public.product_variants_id_seq'::regclass);


--
-- Name: products id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.products ALTER COLUMN id SET DEFAULT nextval('public.products_id_seq'::regclass);


--
-- Name: shipments id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipments ALTER COLUMN id SET DEFAULT nextval('public.shipments_id_seq'::regclass);


--
-- Name: shipping_rates id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_rates ALTER COLUMN id SET DEFAULT nextval('public.shipping_rates_id_seq'::regclass);


--
-- Name: shipping_zones id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_zones ALTER COLUMN id SET DEFAULT nextval('public.shipping_zones_id_seq'::regclass);


--
-- Name: suppliers id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.suppliers ALTER COLUMN id SET DEFAULT nextval('public.suppliers_id_seq'::regclass);


--
-- Name: support_messages id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_messages ALTER COLUMN id SET DEFAULT nextval('public.support_messages_id_seq'::regclass);


--
-- Name: support_tickets id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_tickets ALTER COLUMN id SET DEFAULT nextval('public.support_tickets_id_seq'::regclass);


--
-- Name: user_addresses id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_addresses ALTER COLUMN id SET DEFAULT nextval('public.user_addresses_id_seq'::regclass);


--
-- Name: users id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);


--
-- Name: warehouses id; Type: DEFAULT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.warehouses ALTER COLUMN id SET DEFAULT nextval('public.warehouses_id_seq'::regclass);


--
-- Name: credit_notes credit_notes_pkey; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.credit_notes
    ADD CONSTRAINT credit_notes_pkey PRIMARY KEY (id);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: customers customers_user_id_key; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.customers
    ADD CONSTRAINT customers_user_id_key UNIQUE (user_id);


--
-- Name: dunning_runs dunning_runs_invoice_id_level_key; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.dunning_runs
    ADD CONSTRAINT dunning_runs_invoice_id_level_key UNIQUE (invoice_id, level);


--
-- Name: dunning_runs dunning_runs_pkey; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.dunning_runs
    ADD CONSTRAINT dunning_runs_pkey PRIMARY KEY (id);


--
-- Name: invoice_lines invoice_lines_pkey; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoice_lines
    ADD CONSTRAINT invoice_lines_pkey PRIMARY KEY (invoice_id, "position");


--
-- Name: invoices invoices_number_key; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_number_key UNIQUE (number);


--
-- Name: invoices invoices_pkey; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);


--
-- Name: tax_rates tax_rates_pkey; Type: CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.tax_rates
    ADD CONSTRAINT tax_rates_pkey PRIMARY KEY (country_code, valid_from);


--
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: dba_ops
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);


--
-- Name: carriers carriers_code_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.carriers
    ADD CONSTRAINT carriers_code_key UNIQUE (code);


--
-- Name: carriers carriers_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.carriers
    ADD CONSTRAINT carriers_pkey PRIMARY KEY (id);


--
-- Name: cart_items cart_items_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.cart_items
    ADD CONSTRAINT cart_items_pkey PRIMARY KEY (cart_id, variant_id);


--
-- Name: carts carts_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_pkey PRIMARY KEY (id);


--
-- Name: categories categories_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_pkey PRIMARY KEY (id);


--
-- Name: categories categories_slug_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_slug_key UNIQUE (slug);


--
-- Name: countries countries_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.countries
    ADD CONSTRAINT countries_pkey PRIMARY KEY (code);


--
-- Name: coupon_redemptions coupon_redemptions_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_pkey PRIMARY KEY (coupon_id, order_id);


--
-- Name: coupons coupons_code_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.coupons
    ADD CONSTRAINT coupons_code_key UNIQUE (code);


--
-- Name: coupons coupons_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.coupons
    ADD CONSTRAINT coupons_pkey PRIMARY KEY (id);


--
-- Name: email_outbox email_outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.email_outbox
    ADD CONSTRAINT email_outbox_pkey PRIMARY KEY (id);


--
-- Name: feature_flags feature_flags_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.feature_flags
    ADD CONSTRAINT feature_flags_pkey PRIMARY KEY (name);


--
-- Name: order_events order_events_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_events
    ADD CONSTRAINT order_events_pkey PRIMARY KEY (order_id, at, kind);


--
-- Name: order_events_2025h2 order_events_2025h2_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_events_2025h2
    ADD CONSTRAINT order_events_2025h2_pkey PRIMARY KEY (order_id, at, kind);


--
-- Name: order_items order_items_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_items
    ADD CONSTRAINT order_items_pkey PRIMARY KEY (id);


--
-- Name: order_notes order_notes_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_notes
    ADD CONSTRAINT order_notes_pkey PRIMARY KEY (id);


--
-- Name: orders orders_number_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_number_key UNIQUE (number);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: payment_attempts payment_attempts_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_pkey PRIMARY KEY (id);


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);


--
-- Name: product_categories product_categories_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_pkey PRIMARY KEY (product_id, category_id);


--
-- Name: product_reviews product_reviews_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_reviews
    ADD CONSTRAINT product_reviews_pkey PRIMARY KEY (id);


--
-- Name: product_reviews product_reviews_product_id_user_id_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_reviews
    ADD CONSTRAINT product_reviews_product_id_user_id_key UNIQUE (product_id, user_id);


--
-- Name: product_variants product_variants_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_variants
    ADD CONSTRAINT product_variants_pkey PRIMARY KEY (id);


--
-- Name: product_variants product_variants_product_id_name_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_variants
    ADD CONSTRAINT product_variants_product_id_name_key UNIQUE (product_id, name);


--
-- Name: products products_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (id);


--
-- Name: products products_sku_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_sku_key UNIQUE (sku);


--
-- Name: refunds refunds_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (id);


--
-- Name: return_items return_items_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.return_items
    ADD CONSTRAINT return_items_pkey PRIMARY KEY (return_id, order_item_id);


--
-- Name: returns returns_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.returns
    ADD CONSTRAINT returns_pkey PRIMARY KEY (id);


--
-- Name: shipment_items shipment_items_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipment_items
    ADD CONSTRAINT shipment_items_pkey PRIMARY KEY (shipment_id, order_item_id);


--
-- Name: shipments shipments_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipments
    ADD CONSTRAINT shipments_pkey PRIMARY KEY (id);


--
-- Name: shipping_rates shipping_rates_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_rates
    ADD CONSTRAINT shipping_rates_pkey PRIMARY KEY (id);


--
-- Name: shipping_rates shipping_rates_zone_id_max_grams_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_rates
    ADD CONSTRAINT shipping_rates_zone_id_max_grams_key UNIQUE (zone_id, max_grams);


--
-- Name: shipping_zones shipping_zones_name_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_zones
    ADD CONSTRAINT shipping_zones_name_key UNIQUE (name);


--
-- Name: shipping_zones shipping_zones_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_zones
    ADD CONSTRAINT shipping_zones_pkey PRIMARY KEY (id);


--
-- Name: stock_levels stock_levels_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.stock_levels
    ADD CONSTRAINT stock_levels_pkey PRIMARY KEY (warehouse_id, variant_id);


--
-- Name: stock_movements stock_movements_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.stock_movements
    ADD CONSTRAINT stock_movements_pkey PRIMARY KEY (id);


--
-- Name: supplier_products supplier_products_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.supplier_products
    ADD CONSTRAINT supplier_products_pkey PRIMARY KEY (supplier_id, product_id);


--
-- Name: suppliers suppliers_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.suppliers
    ADD CONSTRAINT suppliers_pkey PRIMARY KEY (id);


--
-- Name: support_messages support_messages_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_messages
    ADD CONSTRAINT support_messages_pkey PRIMARY KEY (id);


--
-- Name: support_tickets support_tickets_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_tickets
    ADD CONSTRAINT support_tickets_pkey PRIMARY KEY (id);


--
-- Name: tb_confiture tb_confiture_pk_confiture_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.tb_confiture
    ADD CONSTRAINT tb_confiture_pk_confiture_key UNIQUE (pk_confiture);


--
-- Name: tb_confiture tb_confiture_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.tb_confiture
    ADD CONSTRAINT tb_confiture_pkey PRIMARY KEY (id);


--
-- Name: tb_confiture tb_confiture_slug_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.tb_confiture
    ADD CONSTRAINT tb_confiture_slug_key UNIQUE (slug);


--
-- Name: tb_confiture tb_confiture_version_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.tb_confiture
    ADD CONSTRAINT tb_confiture_version_key UNIQUE (version);


--
-- Name: user_addresses user_addresses_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_addresses
    ADD CONSTRAINT user_addresses_pkey PRIMARY KEY (id);


--
-- Name: user_addresses user_addresses_postcode_check; Type: CHECK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE public.user_addresses
    ADD CONSTRAINT user_addresses_postcode_check CHECK ((postcode <> ''::text)) NOT VALID;


--
-- Name: user_consents user_consents_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_consents
    ADD CONSTRAINT user_consents_pkey PRIMARY KEY (user_id, purpose, given_at);


--
-- Name: user_passwords user_passwords_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_passwords
    ADD CONSTRAINT user_passwords_pkey PRIMARY KEY (user_id);


--
-- Name: user_sessions user_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_pkey PRIMARY KEY (token);


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_login_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_login_key UNIQUE (login);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: warehouses warehouses_code_key; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.warehouses
    ADD CONSTRAINT warehouses_code_key UNIQUE (code);


--
-- Name: warehouses warehouses_pkey; Type: CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.warehouses
    ADD CONSTRAINT warehouses_pkey PRIMARY KEY (id);


--
-- Name: stock_daily stock_daily_pkey; Type: CONSTRAINT; Schema: reporting; Owner: dba_ops
--

ALTER TABLE ONLY reporting.stock_daily
    ADD CONSTRAINT stock_daily_pkey PRIMARY KEY (day, variant_id);


--
-- Name: audit_log_at_idx; Type: INDEX; Schema: public; Owner: dba_ops
--

CREATE INDEX audit_log_at_idx ON public.audit_log USING brin (at);


--
-- Name: daily_sales_key; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE UNIQUE INDEX daily_sales_key ON public.daily_sales USING btree (day, currency);


--
-- Name: email_outbox_unsent_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX email_outbox_unsent_idx ON public.email_outbox USING btree (created_at) WHERE (sent_at IS NULL);


--
-- Name: idx_tb_confiture_version; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX idx_tb_confiture_version ON public.tb_confiture USING btree (version);


--
-- Name: order_events_kind_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX order_events_kind_idx ON ONLY public.order_events USING btree (kind, at);


--
-- Name: order_events_2025h2_kind_at_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX order_events_2025h2_kind_at_idx ON public.order_events_2025h2 USING btree (kind, at);


--
-- Name: order_items_order_id_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX order_items_order_id_idx ON public.order_items USING btree (order_id);


--
-- Name: orders_status_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX orders_status_idx ON public.orders USING btree (status) WHERE (status = ANY (ARRAY['pending'::public.order_status, 'paid'::public.order_status]));


--
-- Name: payments_order_id_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX payments_order_id_idx ON public.payments USING btree (order_id);


--
-- Name: payments_provider_reference_key; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE UNIQUE INDEX payments_provider_reference_key ON public.payments USING btree (provider_reference) WHERE (provider_reference IS NOT NULL);


--
-- Name: products_attributes_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX products_attributes_idx ON public.products USING gin (attributes jsonb_path_ops);


--
-- Name: products_search_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX products_search_idx ON public.products USING gin (search);


--
-- Name: products_title_trgm_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX products_title_trgm_idx ON public.products USING gin (title public.gin_trgm_ops);


--
-- Name: refunds_payment_id_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX refunds_payment_id_idx ON public.refunds USING btree (payment_id);


--
-- Name: returns_order_id_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX returns_order_id_idx ON public.returns USING btree (order_id);


--
-- Name: shipments_order_id_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX shipments_order_id_idx ON public.shipments USING btree (order_id);


--
-- Name: tmp_orders_user_id_created_at; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX tmp_orders_user_id_created_at ON public.orders USING btree (user_id, created_at DESC);


--
-- Name: INDEX tmp_orders_user_id_created_at; Type: COMMENT; Schema: public; Owner: orders_owner
--

COMMENT ON INDEX public.tmp_orders_user_id_created_at IS 'incident 2025-11-28, remove after peak season';


--
-- Name: user_addresses_one_default; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE UNIQUE INDEX user_addresses_one_default ON public.user_addresses USING btree (user_id) WHERE is_default;


--
-- Name: user_sessions_expires_at_idx; Type: INDEX; Schema: public; Owner: orders_owner
--

CREATE INDEX user_sessions_expires_at_idx ON public.user_sessions USING btree (expires_at);


--
-- Name: order_events_2025h2_kind_at_idx; Type: INDEX ATTACH; Schema: public; Owner: orders_owner
--

ALTER INDEX public.order_events_kind_idx ATTACH PARTITION public.order_events_2025h2_kind_at_idx;


--
-- Name: order_events_2025h2_pkey; Type: INDEX ATTACH; Schema: public; Owner: orders_owner
--

ALTER INDEX public.order_events_pkey ATTACH PARTITION public.order_events_2025h2_pkey;


--
-- Name: invoice_balance _RETURN; Type: RULE; Schema: billing; Owner: orders_owner
--

CREATE OR REPLACE VIEW billing.invoice_balance AS
 SELECT i.id AS invoice_id,
    (((i.net)::numeric + (i.tax)::numeric) - COALESCE(sum(((c.net)::numeric + (c.tax)::numeric)), (0)::numeric)) AS balance
   FROM (billing.invoices i
     LEFT JOIN billing.credit_notes c ON ((c.invoice_id = i.id)))
  GROUP BY i.id;


--
-- Name: invoices invoices_final; Type: TRIGGER; Schema: billing; Owner: orders_owner
--

CREATE TRIGGER invoices_final BEFORE DELETE OR UPDATE ON billing.invoices FOR EACH ROW EXECUTE FUNCTION billing.refuse_change();


--
-- Name: email_outbox email_outbox_notify; Type: TRIGGER; Schema: public; Owner: orders_owner
--

CREATE TRIGGER email_outbox_notify AFTER INSERT ON public.email_outbox FOR EACH ROW EXECUTE FUNCTION public.notify_outbox();


--
-- Name: orders orders_touch; Type: TRIGGER; Schema: public; Owner: orders_owner
--

CREATE TRIGGER orders_touch BEFORE UPDATE ON public.orders FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();


--
-- Name: products products_price_change; Type: TRIGGER; Schema: public; Owner: orders_owner
--

CREATE TRIGGER products_price_change AFTER UPDATE OF price ON public.products FOR EACH ROW WHEN (((old.price)::numeric IS DISTINCT FROM (new.price)::numeric)) EXECUTE FUNCTION public.log_price_change();


--
-- Name: products products_touch; Type: TRIGGER; Schema: public; Owner: orders_owner
--

CREATE TRIGGER products_touch BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();


--
-- Name: stock_movements stock_movements_book; Type: TRIGGER; Schema: public; Owner: orders_owner
--

CREATE TRIGGER stock_movements_book AFTER INSERT ON public.stock_movements FOR EACH ROW EXECUTE FUNCTION public.book_stock_movement();


--
-- Name: credit_notes credit_notes_invoice_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.credit_notes
    ADD CONSTRAINT credit_notes_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id);


--
-- Name: customers customers_country_code_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.customers
    ADD CONSTRAINT customers_country_code_fkey FOREIGN KEY (country_code) REFERENCES public.countries(code);


--
-- Name: customers customers_user_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.customers
    ADD CONSTRAINT customers_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: dunning_runs dunning_runs_invoice_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.dunning_runs
    ADD CONSTRAINT dunning_runs_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id);


--
-- Name: invoice_lines invoice_lines_invoice_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoice_lines
    ADD CONSTRAINT invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id);


--
-- Name: invoices invoices_customer_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES billing.customers(id);


--
-- Name: invoices invoices_order_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);


--
-- Name: tax_rates tax_rates_country_code_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: orders_owner
--

ALTER TABLE ONLY billing.tax_rates
    ADD CONSTRAINT tax_rates_country_code_fkey FOREIGN KEY (country_code) REFERENCES public.countries(code);


--
-- Name: cart_items cart_items_cart_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.cart_items
    ADD CONSTRAINT cart_items_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES public.carts(id) ON DELETE CASCADE;


--
-- Name: cart_items cart_items_variant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.cart_items
    ADD CONSTRAINT cart_items_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES public.product_variants(id);


--
-- Name: carts carts_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.carts
    ADD CONSTRAINT carts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: categories categories_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.categories(id);


--
-- Name: countries countries_shipping_zone_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.countries
    ADD CONSTRAINT countries_shipping_zone_id_fkey FOREIGN KEY (shipping_zone_id) REFERENCES public.shipping_zones(id);


--
-- Name: coupon_redemptions coupon_redemptions_coupon_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES public.coupons(id);


--
-- Name: coupon_redemptions coupon_redemptions_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.coupon_redemptions
    ADD CONSTRAINT coupon_redemptions_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;


--
-- Name: order_events order_events_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE public.order_events
    ADD CONSTRAINT order_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);


--
-- Name: order_items order_items_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_items
    ADD CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;


--
-- Name: order_items order_items_variant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_items
    ADD CONSTRAINT order_items_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES public.product_variants(id);


--
-- Name: order_notes order_notes_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_notes
    ADD CONSTRAINT order_notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.users(id);


--
-- Name: order_notes order_notes_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.order_notes
    ADD CONSTRAINT order_notes_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id) ON DELETE CASCADE;


--
-- Name: orders orders_shipping_address_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_shipping_address_id_fkey FOREIGN KEY (shipping_address_id) REFERENCES public.user_addresses(id);


--
-- Name: orders orders_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: payment_attempts payment_attempts_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.payment_attempts
    ADD CONSTRAINT payment_attempts_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.payments(id);


--
-- Name: payments payments_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);


--
-- Name: product_categories product_categories_category_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_category_id_fkey FOREIGN KEY (category_id) REFERENCES public.categories(id);


--
-- Name: product_categories product_categories_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_categories
    ADD CONSTRAINT product_categories_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;


--
-- Name: product_reviews product_reviews_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_reviews
    ADD CONSTRAINT product_reviews_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.products(id);


--
-- Name: product_reviews product_reviews_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_reviews
    ADD CONSTRAINT product_reviews_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: product_variants product_variants_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.product_variants
    ADD CONSTRAINT product_variants_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;


--
-- Name: refunds refunds_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES public.payments(id);


--
-- Name: refunds refunds_return_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_return_id_fkey FOREIGN KEY (return_id) REFERENCES public.returns(id);


--
-- Name: return_items return_items_order_item_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.return_items
    ADD CONSTRAINT return_items_order_item_id_fkey FOREIGN KEY (order_item_id) REFERENCES public.order_items(id);


--
-- Name: return_items return_items_return_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.return_items
    ADD CONSTRAINT return_items_return_id_fkey FOREIGN KEY (return_id) REFERENCES public.returns(id) ON DELETE CASCADE;


--
-- Name: returns returns_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.returns
    ADD CONSTRAINT returns_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);


--
-- Name: shipment_items shipment_items_order_item_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipment_items
    ADD CONSTRAINT shipment_items_order_item_id_fkey FOREIGN KEY (order_item_id) REFERENCES public.order_items(id);


--
-- Name: shipment_items shipment_items_shipment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipment_items
    ADD CONSTRAINT shipment_items_shipment_id_fkey FOREIGN KEY (shipment_id) REFERENCES public.shipments(id) ON DELETE CASCADE;


--
-- Name: shipments shipments_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipments
    ADD CONSTRAINT shipments_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);


--
-- Name: shipments shipments_warehouse_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipments
    ADD CONSTRAINT shipments_warehouse_id_fkey FOREIGN KEY (warehouse_id) REFERENCES public.warehouses(id);


--
-- Name: shipping_rates shipping_rates_zone_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.shipping_rates
    ADD CONSTRAINT shipping_rates_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES public.shipping_zones(id);


--
-- Name: stock_levels stock_levels_variant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.stock_levels
    ADD CONSTRAINT stock_levels_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES public.product_variants(id);


--
-- Name: stock_levels stock_levels_warehouse_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.stock_levels
    ADD CONSTRAINT stock_levels_warehouse_id_fkey FOREIGN KEY (warehouse_id) REFERENCES public.warehouses(id);


--
-- Name: stock_movements stock_movements_warehouse_id_variant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.stock_movements
    ADD CONSTRAINT stock_movements_warehouse_id_variant_id_fkey FOREIGN KEY (warehouse_id, variant_id) REFERENCES public.stock_levels(warehouse_id, variant_id);


--
-- Name: supplier_products supplier_products_product_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.supplier_products
    ADD CONSTRAINT supplier_products_product_id_fkey FOREIGN KEY (product_id) REFERENCES public.products(id);


--
-- Name: supplier_products supplier_products_supplier_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.supplier_products
    ADD CONSTRAINT supplier_products_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES public.suppliers(id);


--
-- Name: support_messages support_messages_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_messages
    ADD CONSTRAINT support_messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.users(id);


--
-- Name: support_messages support_messages_ticket_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_messages
    ADD CONSTRAINT support_messages_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.support_tickets(id) ON DELETE CASCADE;


--
-- Name: support_tickets support_tickets_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_tickets
    ADD CONSTRAINT support_tickets_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);


--
-- Name: support_tickets support_tickets_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.support_tickets
    ADD CONSTRAINT support_tickets_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: user_addresses user_addresses_country_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_addresses
    ADD CONSTRAINT user_addresses_country_code_fkey FOREIGN KEY (country_code) REFERENCES public.countries(code);


--
-- Name: user_addresses user_addresses_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_addresses
    ADD CONSTRAINT user_addresses_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: user_consents user_consents_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_consents
    ADD CONSTRAINT user_consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: user_passwords user_passwords_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_passwords
    ADD CONSTRAINT user_passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: user_sessions user_sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: warehouses warehouses_country_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: orders_owner
--

ALTER TABLE ONLY public.warehouses
    ADD CONSTRAINT warehouses_country_code_fkey FOREIGN KEY (country_code) REFERENCES public.countries(code);


--
-- Name: support_tickets; Type: ROW SECURITY; Schema: public; Owner: orders_owner
--

ALTER TABLE public.support_tickets ENABLE ROW LEVEL SECURITY;

--
-- Name: support_tickets support_tickets_own_team; Type: POLICY; Schema: public; Owner: orders_owner
--

CREATE POLICY support_tickets_own_team ON public.support_tickets TO app_rw USING ((team = current_setting('app.team'::text, true))) WITH CHECK ((team = current_setting('app.team'::text, true)));


--
-- Name: support_tickets support_tickets_reporting; Type: POLICY; Schema: public; Owner: orders_owner
--

CREATE POLICY support_tickets_reporting ON public.support_tickets FOR SELECT TO reporting_ro USING ((closed_at IS NOT NULL));


--
-- Name: SCHEMA billing; Type: ACL; Schema: -; Owner: orders_owner
--

GRANT USAGE ON SCHEMA billing TO app_rw;
GRANT USAGE ON SCHEMA billing TO reporting_ro;


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: orders_owner
--

GRANT USAGE ON SCHEMA public TO app_rw;
GRANT USAGE ON SCHEMA public TO reporting_ro;
GRANT ALL ON SCHEMA public TO dba_ops;


--
-- Name: SCHEMA reporting; Type: ACL; Schema: -; Owner: dba_ops
--

GRANT USAGE ON SCHEMA reporting TO reporting_ro;


--
-- Name: TABLE tax_rates; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.tax_rates TO app_rw;


--
-- Name: TABLE user_passwords; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_passwords TO app_rw;
GRANT SELECT ON TABLE public.user_passwords TO dba_ops;


--
-- Name: TABLE orders; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.orders TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders TO app_rw;
GRANT SELECT,REFERENCES ON TABLE public.orders TO dba_ops;


--
-- Name: SEQUENCE order_number_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.order_number_seq TO app_rw;


--
-- Name: TABLE payments; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.payments TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payments TO app_rw;
GRANT SELECT ON TABLE public.payments TO dba_ops;


--
-- Name: TABLE refunds; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.refunds TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refunds TO app_rw;
GRANT SELECT ON TABLE public.refunds TO dba_ops;


--
-- Name: TABLE credit_notes; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.credit_notes TO app_rw;


--
-- Name: TABLE customers; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.customers TO app_rw;


--
-- Name: TABLE dunning_runs; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.dunning_runs TO app_rw;


--
-- Name: TABLE invoice_balance; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.invoice_balance TO app_rw;


--
-- Name: TABLE invoice_lines; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.invoice_lines TO app_rw;


--
-- Name: TABLE invoices; Type: ACL; Schema: billing; Owner: orders_owner
--

GRANT SELECT,INSERT ON TABLE billing.invoices TO app_rw;


--
-- Name: TABLE audit_log; Type: ACL; Schema: public; Owner: dba_ops
--

GRANT SELECT ON TABLE public.audit_log TO reporting_ro;


--
-- Name: TABLE product_variants; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.product_variants TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.product_variants TO app_rw;
GRANT SELECT,REFERENCES ON TABLE public.product_variants TO dba_ops;


--
-- Name: TABLE products; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.products TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.products TO app_rw;
GRANT SELECT,REFERENCES ON TABLE public.products TO dba_ops;


--
-- Name: TABLE stock_levels; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.stock_levels TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stock_levels TO app_rw;
GRANT SELECT ON TABLE public.stock_levels TO dba_ops;


--
-- Name: TABLE available_stock; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.available_stock TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.available_stock TO app_rw;
GRANT SELECT ON TABLE public.available_stock TO dba_ops;


--
-- Name: TABLE carriers; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.carriers TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.carriers TO app_rw;
GRANT SELECT ON TABLE public.carriers TO dba_ops;


--
-- Name: SEQUENCE carriers_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.carriers_id_seq TO app_rw;


--
-- Name: TABLE cart_items; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.cart_items TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cart_items TO app_rw;
GRANT SELECT ON TABLE public.cart_items TO dba_ops;


--
-- Name: TABLE carts; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.carts TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.carts TO app_rw;
GRANT SELECT ON TABLE public.carts TO dba_ops;


--
-- Name: TABLE categories; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.categories TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.categories TO app_rw;
GRANT SELECT ON TABLE public.categories TO dba_ops;


--
-- Name: SEQUENCE categories_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.categories_id_seq TO app_rw;


--
-- Name: TABLE countries; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.countries TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.countries TO app_rw;
GRANT SELECT ON TABLE public.countries TO dba_ops;


--
-- Name: TABLE coupon_redemptions; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.coupon_redemptions TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.coupon_redemptions TO app_rw;
GRANT SELECT ON TABLE public.coupon_redemptions TO dba_ops;


--
-- Name: TABLE coupons; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.coupons TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.coupons TO app_rw;
GRANT SELECT ON TABLE public.coupons TO dba_ops;


--
-- Name: SEQUENCE coupons_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.coupons_id_seq TO app_rw;


--
-- Name: TABLE daily_sales; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.daily_sales TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.daily_sales TO app_rw;
GRANT SELECT ON TABLE public.daily_sales TO dba_ops;


--
-- Name: TABLE email_outbox; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.email_outbox TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.email_outbox TO app_rw;
GRANT SELECT ON TABLE public.email_outbox TO dba_ops;


--
-- Name: SEQUENCE email_outbox_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.email_outbox_id_seq TO app_rw;


--
-- Name: TABLE feature_flags; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.feature_flags TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feature_flags TO app_rw;
GRANT SELECT ON TABLE public.feature_flags TO dba_ops;


--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.users TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO app_rw;
GRANT SELECT,REFERENCES ON TABLE public.users TO dba_ops;


--
-- Name: TABLE open_orders; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.open_orders TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.open_orders TO app_rw;
GRANT SELECT ON TABLE public.open_orders TO dba_ops;


--
-- Name: TABLE order_events; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.order_events TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.order_events TO app_rw;
GRANT SELECT ON TABLE public.order_events TO dba_ops;


--
-- Name: TABLE order_events_2025h2; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.order_events_2025h2 TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.order_events_2025h2 TO app_rw;
GRANT SELECT ON TABLE public.order_events_2025h2 TO dba_ops;


--
-- Name: TABLE order_items; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.order_items TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.order_items TO app_rw;
GRANT SELECT ON TABLE public.order_items TO dba_ops;


--
-- Name: SEQUENCE order_items_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.order_items_id_seq TO app_rw;


--
-- Name: TABLE order_notes; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.order_notes TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.order_notes TO app_rw;
GRANT SELECT ON TABLE public.order_notes TO dba_ops;


--
-- Name: SEQUENCE order_notes_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.order_notes_id_seq TO app_rw;


--
-- Name: SEQUENCE orders_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.orders_id_seq TO app_rw;


--
-- Name: TABLE payment_attempts; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.payment_attempts TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.payment_attempts TO app_rw;
GRANT SELECT ON TABLE public.payment_attempts TO dba_ops;


--
-- Name: SEQUENCE payment_attempts_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.payment_attempts_id_seq TO app_rw;


--
-- Name: SEQUENCE payments_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.payments_id_seq TO app_rw;


--
-- Name: TABLE product_categories; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.product_categories TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.product_categories TO app_rw;
GRANT SELECT ON TABLE public.product_categories TO dba_ops;


--
-- Name: TABLE product_reviews; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.product_reviews TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.product_reviews TO app_rw;
GRANT SELECT ON TABLE public.product_reviews TO dba_ops;


--
-- Name: SEQUENCE product_reviews_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.product_reviews_id_seq TO app_rw;


--
-- Name: SEQUENCE product_variants_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.product_variants_id_seq TO app_rw;


--
-- Name: SEQUENCE products_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.products_id_seq TO app_rw;


--
-- Name: SEQUENCE refunds_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.refunds_id_seq TO app_rw;


--
-- Name: TABLE return_items; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.return_items TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.return_items TO app_rw;
GRANT SELECT ON TABLE public.return_items TO dba_ops;


--
-- Name: TABLE returns; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.returns TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.returns TO app_rw;
GRANT SELECT ON TABLE public.returns TO dba_ops;


--
-- Name: SEQUENCE returns_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.returns_id_seq TO app_rw;


--
-- Name: TABLE shipment_items; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.shipment_items TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shipment_items TO app_rw;
GRANT SELECT ON TABLE public.shipment_items TO dba_ops;


--
-- Name: TABLE shipments; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.shipments TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shipments TO app_rw;
GRANT SELECT ON TABLE public.shipments TO dba_ops;


--
-- Name: SEQUENCE shipments_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.shipments_id_seq TO app_rw;


--
-- Name: TABLE shipping_rates; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.shipping_rates TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shipping_rates TO app_rw;
GRANT SELECT ON TABLE public.shipping_rates TO dba_ops;


--
-- Name: SEQUENCE shipping_rates_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.shipping_rates_id_seq TO app_rw;


--
-- Name: TABLE shipping_zones; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.shipping_zones TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shipping_zones TO app_rw;
GRANT SELECT ON TABLE public.shipping_zones TO dba_ops;


--
-- Name: SEQUENCE shipping_zones_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.shipping_zones_id_seq TO app_rw;


--
-- Name: TABLE stock_movements; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.stock_movements TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stock_movements TO app_rw;
GRANT SELECT ON TABLE public.stock_movements TO dba_ops;


--
-- Name: SEQUENCE stock_movements_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.stock_movements_id_seq TO app_rw;


--
-- Name: TABLE supplier_products; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.supplier_products TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.supplier_products TO app_rw;
GRANT SELECT ON TABLE public.supplier_products TO dba_ops;


--
-- Name: TABLE suppliers; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.suppliers TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.suppliers TO app_rw;
GRANT SELECT ON TABLE public.suppliers TO dba_ops;


--
-- Name: SEQUENCE suppliers_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.suppliers_id_seq TO app_rw;


--
-- Name: TABLE support_messages; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.support_messages TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_messages TO app_rw;
GRANT SELECT ON TABLE public.support_messages TO dba_ops;


--
-- Name: SEQUENCE support_messages_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.support_messages_id_seq TO app_rw;


--
-- Name: TABLE support_tickets; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.support_tickets TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_tickets TO app_rw;
GRANT SELECT ON TABLE public.support_tickets TO dba_ops;


--
-- Name: SEQUENCE support_tickets_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.support_tickets_id_seq TO app_rw;


--
-- Name: TABLE tb_confiture; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.tb_confiture TO reporting_ro;
GRANT SELECT ON TABLE public.tb_confiture TO dba_ops;


--
-- Name: SEQUENCE tb_confiture_pk_confiture_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.tb_confiture_pk_confiture_seq TO app_rw;


--
-- Name: TABLE user_addresses; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.user_addresses TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_addresses TO app_rw;
GRANT SELECT ON TABLE public.user_addresses TO dba_ops;


--
-- Name: SEQUENCE user_addresses_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.user_addresses_id_seq TO app_rw;


--
-- Name: TABLE user_consents; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.user_consents TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_consents TO app_rw;
GRANT SELECT ON TABLE public.user_consents TO dba_ops;


--
-- Name: TABLE user_sessions; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.user_sessions TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_sessions TO app_rw;
GRANT SELECT ON TABLE public.user_sessions TO dba_ops;


--
-- Name: SEQUENCE users_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.users_id_seq TO app_rw;


--
-- Name: TABLE warehouses; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT SELECT ON TABLE public.warehouses TO reporting_ro;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.warehouses TO app_rw;
GRANT SELECT ON TABLE public.warehouses TO dba_ops;


--
-- Name: SEQUENCE warehouses_id_seq; Type: ACL; Schema: public; Owner: orders_owner
--

GRANT USAGE ON SEQUENCE public.warehouses_id_seq TO app_rw;


--
-- Name: TABLE products_export; Type: ACL; Schema: reporting; Owner: dba_ops
--

GRANT SELECT ON TABLE reporting.products_export TO reporting_ro;


--
-- Name: TABLE stock_daily; Type: ACL; Schema: reporting; Owner: dba_ops
--

GRANT SELECT ON TABLE reporting.stock_daily TO reporting_ro;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: billing; Owner: orders_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA billing GRANT SELECT,INSERT ON TABLES  TO app_rw;


--
-- Name: DEFAULT PRIVILEGES FOR SEQUENCES; Type: DEFAULT ACL; Schema: public; Owner: orders_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA public GRANT USAGE ON SEQUENCES  TO app_rw;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: public; Owner: orders_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA public GRANT SELECT ON TABLES  TO reporting_ro;
ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES  TO app_rw;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: reporting; Owner: dba_ops
--

ALTER DEFAULT PRIVILEGES FOR ROLE dba_ops IN SCHEMA reporting GRANT SELECT ON TABLES  TO reporting_ro;


--
-- PostgreSQL database dump complete
--

\unrestrict TlGP5m1GwF8yg0FhscisiCBSJlwnsyFaKKOCvP2JmNluWJoYewJ4X5M6Z3IRErP

--
-- PostgreSQL database dump
--

\restrict j9q6OA5gd2qnRWu4Y01RTrzmruovHQRCnbt6cnbLyz5ZA7x3TgcGiNfU7clDJq6

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
-- Data for Name: tb_confiture; Type: TABLE DATA; Schema: public; Owner: orders_owner
--

COPY public.tb_confiture (id, pk_confiture, slug, version, name, applied_at, execution_time_ms, checksum) FROM stdin;
195917fa-b3de-45cb-a4b3-049ac49f5b17	1	coupons_20250915_070150	0118	coupons	2025-09-15 07:01:50.327334+00	86	b6b11ee926bd77e16f2712adbdf52cbc27ad579ef21b6ba2cc4eb817bbde3056
7e7d96b5-8200-4f7c-a9bb-91bd578f49b6	2	returns_20250921_070901	0119	returns	2025-09-21 07:09:01.96467+00	46	d2e9333d137bcab3ef419b98beb50fa4cf943c9fb0be129058714c1f1db2e55b
0175c8a4-e9db-4358-a907-cee521cf54b4	3	products_title_trgm_20250928_092922	0120	products_title_trgm	2025-09-28 09:29:22.848569+00	105	290b166729757dd82b5bf65985f74df6c580f15c65704f567adc5f3087438afa
d91f7e23-e6ed-40fd-a8e6-d0d1d276a6f9	4	user_consents_20251004_094658	0121	user_consents	2025-10-04 09:46:58.501995+00	101	c04785a3169ef6ba515569450e61af41380091c97853b7a719edba68154aefd2
160be7f4-7318-430b-a415-d61cdb5e3d6b	5	refunds_20251010_115112	0122	refunds	2025-10-10 11:51:12.957227+00	9	6b1c3339971d53a6decedc6da245954e4221ccfed2b267b2f7c3c9501eafe9e1
01d8e084-10f2-4e6b-a240-3f5eea299266	6	orders_cancelled_at_20251017_121247	0123	orders_cancelled_at	2025-10-17 12:12:47.441376+00	101	6b0ae3258fb8cb37f03c7821d66985404aa45cced12fcabf5f31db89ff89d206
2ded2f91-d883-4c7f-a464-22d546da935e	7	payments_provider_reference_20251024_131224	0124	payments_provider_reference	2025-10-24 13:12:24.614887+00	29	f1509498ac51895fc1533bdaa4e4bb908a1acceb870804afb7f8f631f39a5d98
c5094a02-eba2-4dd4-a360-e51da62c7ad2	8	daily_sales_20251030_153302	0125	daily_sales	2025-10-30 15:33:02.802961+00	40	de277437ee152535cc425ec4c0d0e602489882859acee9906cc4ddaaceaab2f2
32fed343-a120-4c0f-a8bc-45f8deec0c1a	9	support_tickets_rls_20251102_175418	0126	support_tickets_rls	2025-11-02 17:54:18.752396+00	49	a43a161f286e3ee9ac50ec98a66375012ba89bdd9194ea8a246c0936211630ea
2115582c-ea4a-4c1e-ac54-c64169f060a8	10	feature_flags_20251105_192015	0127	feature_flags	2025-11-05 19:20:15.234379+00	34	557936b1d2156b3d02eeea5371421f9d75ab3ccc61a0903af092f0fcd54ecd5f
1eb9067f-268d-4d3e-ac78-bc430f1f7954	11	credit_notes_20251112_202029	0128	credit_notes	2025-11-12 20:20:29.379163+00	37	74e67ef59d43e0aa3e9925aafd81b8f6a722ff5cc254a63868c8a06cae76466b
f79d8266-bd32-4721-a337-74a2a826a414	12	email_outbox_20251125_210459	0129	email_outbox	2025-11-25 21:04:59.41637+00	61	6f7be75a2f395785f9b4657e5dcf40ea464246c67e49eac1815ef3b8276d80a3
554d4cfe-c873-42f7-abdf-243c634bff80	13	dunning_20251201_224116	0130	dunning	2025-12-01 22:41:16.763418+00	22	d72f34eb6f34b8292ecd505d647a95124a47689e8e2bc2f914fc1f6bd4cfdf06
4997450d-b31e-476d-a08f-7c3f2646b316	14	password_hashes_20251204_224314	0131	password_hashes	2025-12-04 22:43:14.380935+00	23	d4047c586db999f3390e0d182adeee4048c37d047c4ce6f8210a2ce89ec5de09
\.


--
-- Name: tb_confiture_pk_confiture_seq; Type: SEQUENCE SET; Schema: public; Owner: orders_owner
--

SELECT pg_catalog.setval('public.tb_confiture_pk_confiture_seq', 14, true);


--
-- PostgreSQL database dump complete
--

\unrestrict j9q6OA5gd2qnRWu4Y01RTrzmruovHQRCnbt6cnbLyz5ZA7x3TgcGiNfU7clDJq6

