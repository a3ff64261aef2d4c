package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that people and frameworks write: psql's meaning of their transactions. */
final class HandWrittenSchemaTest {

  private static RestoreServer server;

  @BeforeAll
  static void start() {
    server = RestoreServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void clean() {
    server.clean();
  }

  @Test
  void transactionOfTheFileHoldsItAll() {
    Restored restored =
        server.restore(
            """
            BEGIN;
            CREATE TABLE t (id int);
            CREATE TABLE u (id int);
            COMMIT;
            """);
    restored.assertNoGap();
    assertEquals(List.of("t", "u"), restored.tables());
  }

  /** psql would lose the whole transaction, and with it the schema. */
  @Test
  void failureInATransactionLosesTheStatementOnly() {
    Restored restored =
        server.restore(
            """
            BEGIN;
            SET LOCAL search_path = public;
            CREATE TABLE t (id int);
            CREATE TABLE bad (x missing);
            CREATE TABLE u (id int);
            COMMIT;
            CREATE TABLE v (id int);
            """);
    assertEquals(List.of("4: type \"missing\" does not exist"), restored.gaps());
    assertEquals(List.of("t", "u", "v"), restored.tables());
  }

  @Test
  void localSettingEndsWithItsTransaction() {
    Restored restored =
        server.restore(
            """
            CREATE SCHEMA app;
            START TRANSACTION;
            SET LOCAL search_path = app;
            CREATE TABLE inside (id int);
            END;
            CREATE TABLE outside (id int);
            BEGIN;
            SELECT set_config('search_path', 'app', true);
            CREATE TABLE inside_too (id int);
            COMMIT;
            CREATE TABLE outside_too (id int);
            """);
    restored.assertNoGap();
    assertEquals(
        List.of("app.inside", "app.inside_too", "outside", "outside_too"),
        restored.ask(
            "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace IN"
                + " ('app'::regnamespace, 'public'::regnamespace) ORDER BY relname"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROLLBACK", "ABORT", "ROLLBACK WORK"})
  void whatIsRolledBackIsNotThere(String rollback) {
    Restored restored =
        server.restore(
            "BEGIN;\nCREATE TABLE gone (id int);\nCREATE TABLE bad (x missing);\n"
                + rollback
                + ";\nCREATE TABLE t (id int);\n");
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void savepointsOfTheFileAreItsOwn() {
    Restored restored =
        server.restore(
            """
            BEGIN;
            CREATE TABLE t (id int);
            SAVEPOINT here;
            CREATE TABLE gone (id int);
            ROLLBACK TO SAVEPOINT here;
            CREATE TABLE u (id int);
            RELEASE here;
            LOCK TABLE t;
            COMMIT;
            """);
    restored.assertNoGap();
    assertEquals(List.of("t", "u"), restored.tables());
  }

  @Test
  void rowsInATransactionAreRestored() {
    Restored restored =
        server.restore(
            """
            CREATE SCHEMA app;
            BEGIN;
            SET LOCAL search_path = app;
            CREATE TABLE t (id int, name text);
            COPY t (id, name) FROM stdin;
            1\tone
            2\t\\N
            \\.
            COPY t (id, name) FROM stdin;
            no number\tthree
            \\.
            COPY t (id, name) FROM stdin;
            4\tfour
            \\.
            COMMIT;
            """);
    assertEquals(
        List.of("9: invalid input syntax for type integer: \"no number\""), restored.gaps());
    assertEquals(
        List.of("1|one", "2|NULL", "4|four"), restored.ask("SELECT * FROM app.t ORDER BY id"));
  }

  /** As pg_dump writes them; a descriptor is good for one transaction (manual, 35.3). */
  @Test
  void largeObjectsAreWrittenInTheirTransaction() {
    Restored restored =
        server.restore(
            "SELECT 1;\n".repeat(97)
                + """
                SELECT pg_catalog.lo_create('4711');
                BEGIN;
                SELECT pg_catalog.lo_open('4711', 131072);
                SELECT pg_catalog.lowrite(0, '\\x6d6170');
                SELECT pg_catalog.lo_close(0);
                COMMIT;
                """);
    restored.assertNoGap();
    assertEquals("map", restored.askOne("SELECT convert_from(lo_get(4711), 'UTF8')"));
  }

  @Test
  void rowsOutsideOfATransactionAreRestored() {
    Restored restored =
        server.restore(
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
        server.restore(
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
        server.restore(
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
        server.restore(
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
        server.restore(
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
        server.restore(
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
    Restored restored = server.restore("\uFEFFCREATE TABLE t (id int);\n");
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void codeThatASuperuserRunsIsToldOf() {
    Restored restored =
        server.restore("CREATE TABLE t (id int);\nDO $$ BEGIN CREATE TABLE u (id int); END $$;\n");
    assertEquals(List.of("t", "u"), restored.tables());
    assertEquals(
        List.of(
            "the schema file runs code of its own, first DO at line 2: it ran as the superuser"
                + " that restores"),
        restored.seeded().notes());
  }
}
