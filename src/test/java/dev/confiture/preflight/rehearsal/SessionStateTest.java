package dev.confiture.preflight.rehearsal;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real sessions keep after the COMMIT of a file. */
final class SessionStateTest {

  private static ExternalServer server;
  private static ConnectionString database;

  @BeforeAll
  static void start() {
    server = ExternalServer.start();
    database = server.newDatabase("kept");
    try (Session session = Session.open(database)) {
      session.run(
          "CREATE ROLE app; CREATE FUNCTION keep() RETURNS void LANGUAGE plpgsql AS $$BEGIN"
              + " SET work_mem = '3MB'; PERFORM pg_advisory_lock_shared(3);"
              + " CREATE TEMP TABLE made (id int); END$$");
    }
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET search_path = app; SET SESSION Work_Mem TO '1MB' | SETTING search_path, SETTING work_mem",
        "SET LOCAL a.b = 1; SET TRANSACTION READ ONLY; SET CONSTRAINTS ALL DEFERRED | none",
        "SET TIME ZONE 'Asia/Tokyo' | SETTING TimeZone",
        "SET SESSION AUTHORIZATION app | ROLE role",
        "SET ROLE app | ROLE role",
        "SET ROLE app; RESET ROLE | none",
        "SET a.b = 1; RESET ALL | none",
        "SET a.b = 1 | SETTING a.b",
        "DO $$BEGIN SET a.b = 1; END$$ | SETTING a.b",
        "SELECT set_config('app.user', 'x', false) | SETTING app.user",
        "SELECT set_config('app.user', 'x', true) | none",
        "SELECT keep() | SETTING work_mem, SHARED_ADVISORY_LOCK 3, TEMPORARY_TABLE made",
        "PREPARE p AS SELECT 1; PREPARE q AS SELECT 2; DEALLOCATE p | PREPARED_STATEMENT q",
        "CREATE TEMP TABLE IF NOT EXISTS t (id int) | TEMPORARY_TABLE t",
        "CREATE TEMP VIEW v AS SELECT 1 | TEMPORARY_VIEW v",
        "CREATE TEMPORARY TABLE t (id int) ON COMMIT DROP | none",
        "CREATE TEMP TABLE t (id int); DROP TABLE IF EXISTS t | none",
        "SELECT pg_advisory_lock(1) | ADVISORY_LOCK 1",
        "SELECT pg_advisory_lock(-1, 2) | ADVISORY_LOCK -1, 2",
        "SELECT pg_advisory_xact_lock(1) | none",
        "SELECT pg_advisory_lock(1); SELECT pg_advisory_unlock(1) | none",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1 | CURSOR c",
        "DECLARE c CURSOR FOR SELECT 1 | none",
      })
  void tellsWhatStays(String sql, String expected) {
    List<Statement> statements = Script.of(SourceText.of(sql)).statements();
    Set<String> custom = NamedSettings.custom(statements);
    try (Session session = Session.open(database)) {
      SessionState before = SessionState.of(session::query, custom);
      session.run("BEGIN; " + sql + "; COMMIT");
      String kept =
          SessionState.of(session::query, custom).since(before).stream()
              .map(k -> k.kind() + " " + k.name())
              .sorted()
              .collect(joining(", "));
      assertEquals(expected, kept.isEmpty() ? "none" : kept);
    }
  }
}
