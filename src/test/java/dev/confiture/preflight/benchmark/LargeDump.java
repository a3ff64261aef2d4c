package dev.confiture.preflight.benchmark;

/**
 * A dump in pg_dump's form: each table with a key, an index, a foreign key, an owner, a comment.
 */
final class LargeDump {

  private LargeDump() {}

  static String of(int tables) {
    StringBuilder sql =
        new StringBuilder(
            """
            --
            -- PostgreSQL database dump
            --

            SET statement_timeout = 0;
            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;
            SELECT pg_catalog.set_config('search_path', '', false);
            SET check_function_bodies = false;
            SET client_min_messages = warning;
            SET row_security = off;

            """);
    for (int i = 1; i <= tables; i++) {
      sql.append(
          """
          --
          -- Name: t%1$d; Type: TABLE; Schema: public; Owner: postgres
          --

          CREATE TABLE public.t%1$d (
              id bigint NOT NULL,
              parent_id bigint,
              name text,
              created_at timestamp with time zone DEFAULT now() NOT NULL
          );


          ALTER TABLE public.t%1$d OWNER TO postgres;

          COMMENT ON TABLE public.t%1$d IS 'Table %1$d; with a semicolon';

          CREATE SEQUENCE public.t%1$d_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;

          ALTER SEQUENCE public.t%1$d_id_seq OWNED BY public.t%1$d.id;

          ALTER TABLE ONLY public.t%1$d ALTER COLUMN id SET DEFAULT nextval('public.t%1$d_id_seq'::regclass);

          ALTER TABLE ONLY public.t%1$d
              ADD CONSTRAINT t%1$d_pkey PRIMARY KEY (id);

          CREATE INDEX t%1$d_name_idx ON public.t%1$d USING btree (name);

          """
              .formatted(i));
    }
    for (int i = 2; i <= tables; i++) {
      sql.append(
          """
          ALTER TABLE ONLY public.t%1$d
              ADD CONSTRAINT t%1$d_parent_fkey FOREIGN KEY (parent_id) REFERENCES public.t%2$d(id);

          """
              .formatted(i, i - 1));
    }
    return sql.append("--\n-- PostgreSQL database dump complete\n--\n").toString();
  }
}
