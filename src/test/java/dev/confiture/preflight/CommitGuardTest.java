package dev.confiture.preflight;

import static dev.confiture.preflight.SavepointProject.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that end the transaction around all files where their text does not show it: the database
 * that the user named is as it was, whatever they do.
 */
final class CommitGuardTest {

  private static final ExternalServer SERVER = ExternalServer.start();
  private static final String HARM =
      "CREATE TABLE escaped (a int); UPDATE keep SET v = 'hacked'; DROP TABLE precious;";

  private static int databases;

  @TempDir Path folder;
  private SavepointProject project;

  @BeforeEach
  void aDatabaseOfItsOwn() {
    project = new SavepointProject(folder, SERVER.newDatabase("guarded" + databases++));
    project.query(
        "CREATE TABLE keep (v varchar(9)); INSERT INTO keep VALUES ('kept');"
            + " CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)");
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** The setting of an earlier file is in force, so that the server reads another text than we. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT;",
        "COMMIT AND CHAIN;",
        "END;",
        "PREPARE TRANSACTION 'escaped';",
        "ROLLBACK;",
        "ROLLBACK AND CHAIN;",
        "RELEASE SAVEPOINT preflight_run; COMMIT;",
        "ROLLBACK TO SAVEPOINT preflight_run; COMMIT;",
        "SET CONSTRAINTS ALL IMMEDIATE; COMMIT;",
        "SET session_replication_role = replica; COMMIT;",
      })
  void nothingIsPermanent(String end) throws IOException {
    Report report =
        project
            .file("001_set", "SET standard_conforming_strings = off; CREATE TABLE made (id int);")
            .file("002_ends", "SELECT 'a\\'; " + end + HARM + " --';")
            .file("003_goes_on", "ALTER TABLE made ADD COLUMN n int;")
            .rehearse();
    assertEquals(List.of("passed", "failed", "passed"), outcomes(report));
    assertFalse(report.dbConsumed());
    assertUnchanged();
  }

  /** Nothing behind it fails, so that the file itself seems to have passed. */
  @ParameterizedTest
  @ValueSource(strings = {"ROLLBACK; SELECT 1;", "ROLLBACK; BEGIN; SELECT 1;"})
  void anEndThatNothingFollowsIsFoundToo(String end) throws IOException {
    Report report =
        project
            .file("001_set", "SET standard_conforming_strings = off; CREATE TABLE made (id int);")
            .file("002_ends", "SELECT 'a\\'; " + end + " --';")
            .file("003_goes_on", "ALTER TABLE made ADD COLUMN n int;")
            .rehearse();
    assertEquals(List.of("passed", "failed", "passed"), outcomes(report));
    assertFalse(report.dbConsumed());
    assertUnchanged();
  }

  /** It drops what a file made, and leaves the guard: what ends the transaction is still found. */
  @Test
  void theGuardOutlivesWhatDiscardsTemporaryTables() throws IOException {
    Report report =
        project
            .file("001_discards", "CREATE TEMP TABLE s (n int); DISCARD TEMP;")
            .file("002_set", "SET standard_conforming_strings = off; CREATE TABLE made (id int);")
            .file("003_ends", "SELECT 'a\\'; COMMIT; SELECT 1; --';")
            .rehearse();
    assertEquals(List.of("passed", "passed", "failed"), outcomes(report));
    assertFalse(report.dbConsumed());
    assertUnchanged();
  }

  /** What meets the guard would have been done where there is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DO $$ BEGIN EXECUTE 'DISCARD TEMP'; END $$;",
        "DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class"
            + " WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'"
            + " LOOP EXECUTE 'DROP TABLE ' || t; END LOOP; END $$;",
      })
  void whatMeetsTheGuardIsUnverified(String sql) throws IOException {
    assertEquals(List.of("unverified"), outcomes(project.plain("001_meets", sql).rehearse()));
    assertUnchanged();
  }

  @Test
  void aSettingInAMessageIsNotItsOwn() throws IOException {
    Report report =
        project
            .file(
                "001_both",
                "SET standard_conforming_strings = off;\nSELECT 'a\\'; COMMIT; " + HARM + " --' ;")
            .rehearse();
    assertEquals(List.of("failed"), outcomes(report));
    assertEquals(
        2, report.failures().getFirst().rehearsed().failures().getFirst().place().start().line());
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT; " + HARM + " SELECT t.end FROM tt t;",
        HARM + " COMMIT; SELECT 1/0; SELECT t.end FROM tt t;",
      })
  void aColumnCalledBeginHidesNothing(String behind) throws IOException {
    Report report =
        project
            .plain(
                "001_body",
                "CREATE TEMP TABLE tt (\"begin\" int, \"end\" int);\n"
                    + "CREATE FUNCTION pg_temp.f() RETURNS SETOF int LANGUAGE sql"
                    + " BEGIN ATOMIC SELECT t.begin FROM tt t; END; "
                    + behind)
            .rehearse();
    assertEquals(List.of("unverified"), outcomes(report));
    assertUnchanged();
  }

  /** A tool that connects for each file leaves it nothing temporary, though the guard stays. */
  @Test
  void temporaryObjectsEndWithTheirFile() throws IOException {
    String temporary =
        "CREATE TEMP TABLE t (id serial); CREATE TEMP VIEW v AS SELECT id FROM t;"
            + " CREATE TEMP SEQUENCE s; CREATE DOMAIN pg_temp.d AS int;"
            + " CREATE TYPE pg_temp.e AS ENUM ('a'); CREATE TYPE pg_temp.c AS (a int);"
            + " CREATE FUNCTION pg_temp.f(a pg_temp.e) RETURNS int LANGUAGE sql AS 'SELECT 1';";
    Report report =
        project
            .plain("001_a", temporary)
            .plain("002_b", temporary)
            .plain("003_c", temporary)
            .rehearse();
    assertEquals(List.of("passed", "passed", "passed"), outcomes(report));
    assertUnchanged();
  }

  private void assertUnchanged() {
    assertEquals(List.of("keep", "precious"), project.relations());
    assertEquals(List.of("kept"), project.query("SELECT v FROM keep"));
    assertEquals(List.of("1"), project.query("SELECT id FROM precious"));
    assertEquals(List.of(), project.query("SELECT gid FROM pg_prepared_xacts"));
  }
}
