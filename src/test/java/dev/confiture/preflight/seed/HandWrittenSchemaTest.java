package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts that people and frameworks write. */
final class HandWrittenSchemaTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  @Test
  void rowsOutsideOfATransactionAreRestored() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int, name text);
            COPY t FROM stdin WITH (FORMAT csv);
            1,"a;b"
            2,"c
            d"
            \\.
            COPY missing FROM stdin;
            CREATE TABLE inside_data (id int);
            \\.
            CREATE TABLE u (id int);
            """);
    assertEquals(List.of("7: relation \"missing\" does not exist"), restored.gaps());
    assertEquals(List.of("1|a;b", "2|c\nd"), restored.ask("SELECT * FROM t ORDER BY id"));
    assertEquals(List.of("t", "u"), restored.tables());
  }

  /** Rails' {@code db/structure.sql}: a dump, and then the versions that have run. */
  @Test
  void railsVersionsAreRows() {
    Restored restored =
        SERVER.restore(
            """
            SET statement_timeout = 0;
            SET client_encoding = 'UTF8';
            SELECT pg_catalog.set_config('search_path', '', false);
            SET default_table_access_method = heap;

            CREATE TABLE public.schema_migrations (
                version character varying NOT NULL
            );
            ALTER TABLE ONLY public.schema_migrations
                ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

            SET search_path TO "$user", public;

            INSERT INTO "schema_migrations" (version) VALUES
            ('20260102000000'),
            ('20260101000000');

            """);
    restored.assertNoGap();
    assertEquals(
        List.of("20260101000000", "20260102000000"),
        restored.ask("SELECT version FROM public.schema_migrations ORDER BY 1"));
  }

  @Test
  void datesAreReadInTheOrderOfTheFile() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int, day date);
            SET datestyle = 'German';
            INSERT INTO t VALUES (1, '02/03/2026');
            SET DateStyle TO ISO, MDY;
            INSERT INTO t VALUES (2, '02/03/2026');
            """);
    restored.assertNoGap();
    assertEquals(
        List.of("1|2026-03-02", "2|2026-02-03"),
        restored.ask("SELECT id, to_char(day, 'YYYY-MM-DD') FROM t ORDER BY id"));
  }

  @Test
  void tablesNeedNoTablespaceOfProduction() {
    Restored restored =
        SERVER.restore(
            """
            SET default_tablespace = fast_disks;
            CREATE TABLE t (id int);
            SET default_tablespace = '';
            """);
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
    assertEquals(
        List.of("tablespaces of the schema are left out: all is in the default one"),
        restored.seeded().notes());
  }

  @Test
  void upkeepIsNotDone() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int);
            VACUUM ANALYZE t;
            REINDEX DATABASE no_such_database;
            CHECKPOINT;
            """);
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void otherCommandsOfPsqlAreToldOf() {
    Restored restored =
        SERVER.restore(
            """
            \\set ON_ERROR_STOP on
            \\echo 'making tables'
            CREATE TABLE t (id int);
            \\i more.sql
            \\copy t from 'rows.csv'
            """);
    restored.assertNoGap();
    assertEquals(
        List.of(
            "\\i of the schema file is left out, since it is a command of psql's (line 4)",
            "\\copy of the schema file is left out, since it is a command of psql's (line 5)"),
        restored.seeded().notes());
  }

  @Test
  void byteOrderMarkIsNoFault() {
    Restored restored = SERVER.restore("\uFEFFCREATE TABLE t (id int);\n");
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void codeOfTheFileIsToldOf() {
    Restored restored =
        SERVER.restore("CREATE TABLE t (id int);\nDO $$ BEGIN CREATE TABLE u (id int); END $$;\n");
    assertEquals(List.of("t", "u"), restored.tables());
    assertEquals(
        List.of(
            "the schema file runs code of its own, first DO at line 2: it ran as a role that"
                + " is no superuser"),
        restored.seeded().notes());
  }
}
