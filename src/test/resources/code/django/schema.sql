--
-- PostgreSQL database dump
--

\restrict nrYkmhIIc0FeVgh6pW6g99nMbD0M0gzyU5QNbfmP8dldLMHCS18yoR9UU3ejHgh

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

SET default_table_access_method = heap;

--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: django_migrations_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.django_migrations_id_seq OWNED BY public.django_migrations.id;


--
-- Name: shop_customer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.shop_customer (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    phone character varying(40) NOT NULL
);


--
-- Name: shop_customer_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.shop_customer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: shop_customer_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.shop_customer_id_seq OWNED BY public.shop_customer.id;


--
-- Name: shop_order; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.shop_order (
    id bigint NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    customer_id bigint NOT NULL
);


--
-- Name: shop_order_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.shop_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: shop_order_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.shop_order_id_seq OWNED BY public.shop_order.id;


--
-- Name: shop_orderline; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.shop_orderline (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    order_id bigint NOT NULL,
    product_id bigint NOT NULL
);


--
-- Name: shop_orderline_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.shop_orderline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: shop_orderline_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.shop_orderline_id_seq OWNED BY public.shop_orderline.id;


--
-- Name: shop_product; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.shop_product (
    id bigint NOT NULL,
    sku character varying(40) NOT NULL,
    name character varying(200) NOT NULL,
    price_cents integer NOT NULL
);


--
-- Name: shop_product_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.shop_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: shop_product_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.shop_product_id_seq OWNED BY public.shop_product.id;


--
-- Name: django_migrations id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations ALTER COLUMN id SET DEFAULT nextval('public.django_migrations_id_seq'::regclass);


--
-- Name: shop_customer id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_customer ALTER COLUMN id SET DEFAULT nextval('public.shop_customer_id_seq'::regclass);


--
-- Name: shop_order id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_order ALTER COLUMN id SET DEFAULT nextval('public.shop_order_id_seq'::regclass);


--
-- Name: shop_orderline id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_orderline ALTER COLUMN id SET DEFAULT nextval('public.shop_orderline_id_seq'::regclass);


--
-- Name: shop_product id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_product ALTER COLUMN id SET DEFAULT nextval('public.shop_product_id_seq'::regclass);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: shop_customer shop_customer_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_customer
    ADD CONSTRAINT shop_customer_email_key UNIQUE (email);


--
-- Name: shop_customer shop_customer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_customer
    ADD CONSTRAINT shop_customer_pkey PRIMARY KEY (id);


--
-- Name: shop_order shop_order_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_order
    ADD CONSTRAINT shop_order_pkey PRIMARY KEY (id);


--
-- Name: shop_orderline shop_orderline_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_orderline
    ADD CONSTRAINT shop_orderline_pkey PRIMARY KEY (id);


--
-- Name: shop_product shop_product_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_product
    ADD CONSTRAINT shop_product_pkey PRIMARY KEY (id);


--
-- Name: shop_product shop_product_sku_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_product
    ADD CONSTRAINT shop_product_sku_key UNIQUE (sku);


--
-- Name: shop_customer_email_d3fdf104_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX shop_customer_email_d3fdf104_like ON public.shop_customer USING btree (email varchar_pattern_ops);


--
-- Name: shop_order_customer_id_f638df20; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX shop_order_customer_id_f638df20 ON public.shop_order USING btree (customer_id);


--
-- Name: shop_order_status_placed_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX shop_order_status_placed_idx ON public.shop_order USING btree (status, placed_at);


--
-- Name: shop_orderline_order_id_8ad562c5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX shop_orderline_order_id_8ad562c5 ON public.shop_orderline USING btree (order_id);


--
-- Name: shop_orderline_product_id_3f3985f6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX shop_orderline_product_id_3f3985f6 ON public.shop_orderline USING btree (product_id);


--
-- Name: shop_product_sku_20049d15_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX shop_product_sku_20049d15_like ON public.shop_product USING btree (sku varchar_pattern_ops);


--
-- Name: shop_order shop_order_customer_id_f638df20_fk_shop_customer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_order
    ADD CONSTRAINT shop_order_customer_id_f638df20_fk_shop_customer_id FOREIGN KEY (customer_id) REFERENCES public.shop_customer(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: shop_orderline shop_orderline_order_id_8ad562c5_fk_shop_order_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_orderline
    ADD CONSTRAINT shop_orderline_order_id_8ad562c5_fk_shop_order_id FOREIGN KEY (order_id) REFERENCES public.shop_order(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: shop_orderline shop_orderline_product_id_3f3985f6_fk_shop_product_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.shop_orderline
    ADD CONSTRAINT shop_orderline_product_id_3f3985f6_fk_shop_product_id FOREIGN KEY (product_id) REFERENCES public.shop_product(id) DEFERRABLE INITIALLY DEFERRED;


--
-- PostgreSQL database dump complete
--

\unrestrict nrYkmhIIc0FeVgh6pW6g99nMbD0M0gzyU5QNbfmP8dldLMHCS18yoR9UU3ejHgh

--
-- PostgreSQL database dump
--

\restrict OEFc1XkMXvRe3I64TiFrgFmzekBLZSZepfgxgpAw2YhXF7cWYQGftKqVpipanUa

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
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_migrations (id, app, name, applied) FROM stdin;
1	shop	0001_customer	2026-11-29 01:39:52.057564+00
2	shop	0002_product	2026-11-29 01:39:52.088253+00
3	shop	0003_order	2026-11-29 01:39:52.114222+00
4	shop	0004_orderline	2026-11-29 01:39:52.143426+00
5	shop	0005_customer_phone	2026-11-29 01:39:52.147266+00
\.


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 5, true);


--
-- PostgreSQL database dump complete
--

\unrestrict OEFc1XkMXvRe3I64TiFrgFmzekBLZSZepfgxgpAw2YhXF7cWYQGftKqVpipanUa

