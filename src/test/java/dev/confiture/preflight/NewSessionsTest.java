package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A plain file finds the session that a new connection gives, whether or not its backend is the
 * last file's.
 */
final class NewSessionsTest {

  /** Functions, so that the files themselves do not say what they ask for. */
  private static final String SCHEMA =
      """
      CREATE TABLE backends (pid int);
      GRANT ALL ON backends TO PUBLIC;
      CREATE FUNCTION arrive() RETURNS void LANGUAGE sql
        AS 'INSERT INTO backends SELECT pg_backend_pid()';
      CREATE FUNCTION among(same boolean) RETURNS void LANGUAGE plpgsql AS $$BEGIN
        IF same <> EXISTS (SELECT FROM backends WHERE pid = pg_backend_pid()) THEN
          RAISE 'the backend is the same: %', NOT same;
        END IF; END$$;
      CREATE FUNCTION ours() RETURNS text LANGUAGE sql AS $$SELECT current_setting('my.x')$$;
      SELECT setseed(0.5);
      CREATE TABLE drawn AS SELECT random() AS number;
      GRANT SELECT ON drawn TO PUBLIC;
      """;

  private static final String REMEMBERING =
      """
      CREATE FUNCTION remember() RETURNS void LANGUAGE plpgsql
        AS $$BEGIN PERFORM set_config('my.x', '1', false); END$$;
      """;

  private static ExternalServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = ExternalServer.start();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SET work_mem = '5MB'; SET search_path = pg_temp | CREATE TABLE t (id int);"
            + " SELECT 1 / (current_setting('work_mem') <> '5MB')::int",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY | CREATE TABLE t (id int)",
        "CREATE TEMP TABLE t (id int) | CREATE TEMP TABLE t (id int)",
        "SELECT pg_advisory_lock(7) | SELECT 1 / (NOT EXISTS"
            + " (SELECT FROM pg_locks WHERE locktype = 'advisory'))::int",
        "PREPARE p AS SELECT 1 | PREPARE p AS SELECT 2",
        "LISTEN here | SELECT 1 / (NOT EXISTS (SELECT pg_listening_channels()))::int",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1 | DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "CREATE EXTENSION citext | CREATE TABLE t (name citext)",
        "SELECT 1 | SELECT 1 / (current_setting('application_name') LIKE 'preflight%')::int",
      })
  void aFileGetsTheBackendOfTheLastOneAndNothingElseOfIt(String first, String second)
      throws IOException {
    Report report = rehearse("", first, "SELECT among(true); " + second);
    assertTrue(report.allPassed(), JsonReport.write(report));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SET my.x = 1",
        "SET LOCAL \"my\".x TO 1",
        "SELECT set_config('my.x', '1', false)",
        "DO $$BEGIN EXECUTE concat('SET ', 'my.x = 1'); END$$",
        "DO $$BEGIN EXECUTE format('SET %I.x = 1', 'my'); END$$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET my.x = 1 AS 'SELECT 1'; SELECT f()",
      })
  void aCustomSettingIsUnknownToTheNextFile(String first) throws IOException {
    assertUnknownSetting(rehearse("", first, "SELECT among(false); SELECT ours();"));
  }

  @ParameterizedTest
  @CsvSource({"SELECT remember()", "SELECT 1; SELECT remember()"})
  void norIsOneThatAFunctionOfTheSchemaMakesLeft(String first) throws IOException {
    assertUnknownSetting(rehearse(REMEMBERING, first, "SELECT among(false); SELECT ours();"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT setseed(0.5) | SELECT 1 / (random() <> (SELECT number FROM drawn))::int",
        "ALTER ROLE CURRENT_USER SET work_mem = '5MB'"
            + " | SELECT 1 / (current_setting('work_mem') = '5MB')::int",
        "DO $$BEGIN END$$ | SELECT 1 / (current_setting('plpgsql.extra_errors', true) IS NULL)::int",
      })
  void aNewBackendTellsTheDifference(String first, String second) throws IOException {
    // Calling among() would load the language.
    Report report = rehearse("", first, second + "; SELECT among(false)");
    assertTrue(report.allPassed(), JsonReport.write(report));
  }

  @ParameterizedTest
  @CsvSource({"SELECT 1 / 0", "BEGIN; SELECT 1"})
  void afterAFailedFileTheBackendIsAnother(String first) throws IOException {
    Report report = rehearse("", first, "SELECT among(false)");
    assertEquals(List.of("failed", "passed"), SavepointProject.outcomes(report));
  }

  /** Production's role or database may give it; what fails is that the session does not. */
  private static void assertUnknownSetting(Report report) {
    assertEquals(List.of("passed", "unverified"), SavepointProject.outcomes(report));
    String json = JsonReport.write(report);
    assertTrue(json.contains("ERROR 42704: unrecognized configuration parameter"), json);
  }

  private Report rehearse(String more, String first, String second) throws IOException {
    ConnectionString url = server.newDatabase("shop");
    try {
      try (Session session = Session.open(url)) {
        session.run(SCHEMA);
        session.run(more);
      }
      Files.writeString(folder.resolve("001_first.sql"), "SELECT arrive();\n" + first + ";\n");
      Files.writeString(folder.resolve("002_second.sql"), second + ";\n");
      return Preflight.rehearse(Options.of(folder).withAgainst(url));
    } finally {
      server.drop("shop");
    }
  }
}
