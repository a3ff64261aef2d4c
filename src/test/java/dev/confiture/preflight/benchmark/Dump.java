package dev.confiture.preflight.benchmark;

/** Schemas in pg_dump's form. */
final class Dump {

  private static final String HEAD =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 15.18
      -- Dumped by pg_dump version 15.18

      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET check_function_bodies = false;
      SET client_min_messages = warning;
      SET row_security = off;

      """;

  private static final String SEQUENCE =
      """
      CREATE SEQUENCE tenant_%1$d.tab_%2$d_id_seq
          START WITH 1
          INCREMENT BY 1
          NO MINVALUE
          NO MAXVALUE
          CACHE 1;


      ALTER TABLE tenant_%1$d.tab_%2$d_id_seq OWNER TO app;
      ALTER SEQUENCE tenant_%1$d.tab_%2$d_id_seq OWNED BY tenant_%1$d.tab_%2$d.id;
      ALTER TABLE ONLY tenant_%1$d.tab_%2$d ALTER COLUMN id SET DEFAULT nextval('tenant_%1$d.tab_%2$d_id_seq'::regclass);

      """;

  private static final String KEY_AND_INDEX =
      """
      ALTER TABLE ONLY tenant_%1$d.tab_%2$d
          ADD CONSTRAINT tab_%2$d_pkey PRIMARY KEY (id);

      CREATE INDEX tab_%2$d_name_idx ON tenant_%1$d.tab_%2$d USING btree (name);

      """;

  private static final String FOREIGN_KEY =
      """
      ALTER TABLE ONLY tenant_%1$d.tab_%2$d
          ADD CONSTRAINT tab_%2$d_parent_fk FOREIGN KEY (parent_id) REFERENCES tenant_%1$d.tab_%3$d(id);

      """;

  private static final String TAIL = "--\n-- PostgreSQL database dump complete\n--\n";

  private Dump() {}

  /** Tables with a sequence, a primary key, an index and a foreign key, so many in each schema. */
  static String of(int schemas, int tables) {
    StringBuilder sql = plainTables(schemas, tables);
    for (String each : new String[] {SEQUENCE, KEY_AND_INDEX, FOREIGN_KEY}) {
      for (int schema = 0; schema < schemas; schema++) {
        for (int table = each.equals(FOREIGN_KEY) ? 1 : 0; table < tables; table++) {
          sql.append(each.formatted(schema, table, table - 1));
        }
      }
    }
    return sql.append(TAIL).toString();
  }

  /** Tables alone. */
  static String plain(int schemas, int tables) {
    return plainTables(schemas, tables).append(TAIL).toString();
  }

  private static StringBuilder plainTables(int schemas, int tables) {
    StringBuilder sql = new StringBuilder(HEAD);
    for (int schema = 0; schema < schemas; schema++) {
      sql.append(
          "CREATE SCHEMA tenant_%1$d;\n\n\nALTER SCHEMA tenant_%1$d OWNER TO app;\n\n"
              .formatted(schema));
    }
    sql.append("SET default_tablespace = '';\nSET default_table_access_method = heap;\n\n");
    for (int schema = 0; schema < schemas; schema++) {
      for (int table = 0; table < tables; table++) {
        sql.append(
            """
              --
              -- Name: tab_%2$d; Type: TABLE; Schema: tenant_%1$d; Owner: app
              --

              CREATE TABLE tenant_%1$d.tab_%2$d (
                  id bigint NOT NULL,
                  parent_id bigint,
                  name text NOT NULL,
                  email character varying(200),
                  amount numeric(12,2) DEFAULT 0 NOT NULL,
                  created_at timestamp with time zone DEFAULT now() NOT NULL
              );


              ALTER TABLE tenant_%1$d.tab_%2$d OWNER TO app;

              """
                .formatted(schema, table));
      }
    }
    return sql;
  }
}
