package dev.confiture.preflight.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that a file opens itself mean what they mean to psql, failures apart. */
final class OwnTransactionsTest {

  @RegisterExtension static final RestoreServer SERVER = RestoreServer.start();

  @Test
  void transactionOfTheFileHoldsItAll() {
    Restored restored =
        SERVER.restore(
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
        SERVER.restore(
            """
            BEGIN;
            SET LOCAL search_path = public;
            CREATE TABLE t (id int);
            CREATE TABLE bad (LIKE missing);
            CREATE TABLE u (id int);
            COMMIT;
            CREATE TABLE v (id int);
            """);
    assertEquals(List.of("4: relation \"missing\" does not exist"), restored.gaps());
    assertEquals(List.of("t", "u", "v"), restored.tables());
  }

  @Test
  void columnInATransactionIsLostAlone() {
    Restored restored =
        SERVER.restore(
            """
            BEGIN;
            CREATE TABLE t (id int);
            CREATE TABLE half (x missing, id int);
            CREATE TABLE u (id int);
            COMMIT;
            """);
    assertEquals(List.of("3: type \"missing\" does not exist"), restored.gaps());
    assertEquals(List.of("COLUMN half.x"), restored.lost());
    assertEquals(List.of("half", "t", "u"), restored.tables());
  }

  @Test
  void localSettingEndsWithItsTransaction() {
    Restored restored =
        SERVER.restore(
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
        SERVER.restore(
            "BEGIN;\nCREATE TABLE gone (id int);\nCREATE TABLE bad (x missing);\n"
                + rollback
                + ";\nCREATE TABLE t (id int);\n");
    restored.assertNoGap();
    assertEquals(List.of("t"), restored.tables());
  }

  @Test
  void savepointsOfTheFileAreItsOwn() {
    Restored restored =
        SERVER.restore(
            """
            BEGIN;
            CREATE TABLE t (id int);
            SAVEPOINT here;
            CREATE TABLE gone (id int);
            ROLLBACK TO SAVEPOINT here;
            CREATE TABLE u (id int);
            RELEASE here;
            COMMIT;
            """);
    restored.assertNoGap();
    assertEquals(List.of("t", "u"), restored.tables());
  }

  /** Each is an error outside of a transaction; the settings keep it from its neighbours. */
  @ParameterizedTest
  @ValueSource(strings = {"LOCK TABLE t", "DECLARE c CURSOR FOR SELECT id FROM t"})
  void whatNeedsATransactionHasOne(String statement) {
    Restored restored =
        SERVER.restore(
            "CREATE TABLE t (id int);\nSET lock_timeout = 0;\nBEGIN;\n"
                + statement
                + ";\nCOMMIT;\nSET lock_timeout = 0;\n");
    restored.assertNoGap();
  }

  @Test
  void rowsInATransactionAreRestored() {
    Restored restored =
        SERVER.restore(
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

  /**
   * As pg_dump writes them; a <a
   * href="https://www.postgresql.org/docs/current/lo-interfaces.html">descriptor</a> is good for
   * one transaction.
   */
  @Test
  void largeObjectsAreWrittenInTheirTransaction() {
    Restored restored =
        SERVER.restore(
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
  void rowsThatAreRolledBackAreNotThere() {
    Restored restored =
        SERVER.restore(
            """
            CREATE TABLE t (id int);
            BEGIN;
            COPY t FROM stdin;
            1
            \\.
            INSERT INTO t VALUES (2);
            ROLLBACK;
            INSERT INTO t VALUES (3);
            """);
    restored.assertNoGap();
    assertEquals(List.of("3"), restored.ask("SELECT id FROM t"));
  }

  /** COMMIT AND CHAIN begins the next transaction, which a later COMMIT ends. */
  @Test
  void chainedTransactionIsCommittedToo() {
    Restored restored =
        SERVER.restore(
            """
            BEGIN;
            CREATE TABLE public.a (id int);
            COMMIT AND CHAIN;
            CREATE TABLE public.b (id int);
            COMMIT;
            CREATE TABLE public.c (id int);
            """);
    restored.assertNoGap();
    assertEquals(List.of("a", "b", "c"), restored.tables());
  }
}
