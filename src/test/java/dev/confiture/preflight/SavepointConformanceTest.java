package dev.confiture.preflight;

import static dev.confiture.preflight.SavepointProject.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The original's behaviour of executing migrations, sentence by sentence (1 to 18). */
final class SavepointConformanceTest {

  private static final ExternalServer SERVER = ExternalServer.start();
  private static final String INDEX = "CREATE INDEX CONCURRENTLY idx_users ON users (id);\n";

  @TempDir Path folder;
  private SavepointProject project;

  @BeforeEach
  void aDatabaseOfItsOwn(TestInfo test) {
    project =
        new SavepointProject(
            folder,
            SERVER.newDatabase(test.getTestMethod().orElseThrow().getName().substring(0, 3)));
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void c01TwoValidMigrationsBothPassAndNothingStaysInTheDatabase() throws IOException {
    Report report =
        project
            .file("001_users", "CREATE TABLE users (id int);")
            .file("002_posts", "CREATE TABLE posts (id int);")
            .rehearse();
    assertEquals(List.of("passed", "passed"), outcomes(report));
    assertTrue(report.allPassed());
    assertFalse(report.dbConsumed());
    assertEquals(List.of(), project.relations());
  }

  @Test
  void c02AMiddleMigrationWithInvalidSqlFailsAndThoseBeforeAndAfterItPass() throws IOException {
    Report report =
        project
            .file("001_users", "CREATE TABLE users (id int);")
            .file("002_bad", "ALTER TABLE nosuch ADD COLUMN x int;")
            .file("003_posts", "CREATE TABLE posts (id int);")
            .rehearse();
    assertEquals(List.of("passed", "failed", "passed"), outcomes(report));
    assertEquals("relation \"nosuch\" does not exist", message(report, 1));
    assertFalse(report.allPassed());
    assertEquals(List.of(), project.relations());
  }

  @Test
  void c03ALaterMigrationSeesTheObjectsOfAnEarlierSuccessfulOne() throws IOException {
    Report report =
        project
            .file("001_users", "CREATE TABLE users (id int);")
            .file("002_view", "CREATE VIEW ids AS SELECT id FROM users;")
            .rehearse();
    assertEquals(List.of("passed", "passed"), outcomes(report));
  }

  @Test
  void c04AFailedMigrationLeavesNothingBehindForTheNextOnesToSee() throws IOException {
    Report report =
        project
            .file("001_half", "CREATE TABLE users (id int); SELECT nosuch;")
            .file("002_again", "CREATE TABLE users (id int);")
            .rehearse();
    assertEquals(List.of("failed", "passed"), outcomes(report));
  }

  @Test
  void c05TheFirstMigrationFailingPreventsNeitherTheOthersNorTheRollback() throws IOException {
    Report report =
        project
            .file("001_bad", "SELECT nosuch;")
            .file("002_users", "CREATE TABLE users (id int);")
            .file("003_posts", "CREATE TABLE posts (id int);")
            .rehearse();
    assertEquals(List.of("failed", "passed", "passed"), outcomes(report));
    assertEquals(List.of(), project.relations());
  }

  @Test
  void c06NothingIsEverCommittedAndEachRunEndsWithExactlyOneRollback() throws IOException {
    project.query("ALTER DATABASE c06 SET log_statement = 'all'");
    int before = SERVER.log().size();
    project.file("001_users", "CREATE TABLE users (id int);").rehearse();
    assertEquals(List.of(1L, 1L, 0L), transactions(before));
    project
        .file("002_bad", "SELECT nosuch;")
        .file("003_posts", "CREATE TABLE posts (id int);")
        .rehearse();
    // One failed: all were run again without what failed.
    assertEquals(List.of(3L, 3L, 0L), transactions(before));
  }

  /** How many outer transactions the log shows since then: begun, rolled back, committed. */
  private static List<Long> transactions(int before) throws IOException {
    List<String> log = SERVER.log().subList(before, SERVER.log().size());
    return Stream.of("BEGIN READ WRITE; ", "ROLLBACK TO SAVEPOINT preflight_run", "; COMMIT")
        .map(words -> log.stream().filter(line -> line.contains(words)).count())
        .toList();
  }

  @Test
  void c07AnEmptyPendingListGivesZeroResultsAndKeepsTheUrl() throws IOException {
    project.file("001_users", "CREATE TABLE users (id int);");
    Report report = Preflight.rehearse(project.options().withSince("999"));
    assertEquals(List.of(), report.migrations());
    assertTrue(report.allPassed());
    assertEquals(project.url().redacted(), report.againstUrl());
    assertTrue(
        report.remarks().notes().contains(Report.NOTHING_CHECKED), report.remarks().toString());
  }

  @Test
  void c08OnlyUpIsExecutedAndNoLedgerRowStaysAndNoLedgerTableIsNeeded() throws IOException {
    project.file("001_users", "CREATE TABLE users (id int);");
    assertEquals(List.of("passed"), outcomes(project.rehearse()));
    project.query(
        "CREATE TABLE tb_confiture (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),"
            + " pk_confiture bigint GENERATED ALWAYS AS IDENTITY UNIQUE, slug text UNIQUE NOT NULL,"
            + " version varchar(255) UNIQUE NOT NULL, name varchar(255) NOT NULL,"
            + " applied_at timestamptz NOT NULL DEFAULT now(), execution_time_ms int,"
            + " checksum varchar(64))");
    Report report = project.rehearse();
    assertEquals(List.of("passed"), outcomes(report), report.toString());
    assertEquals(List.of("0"), project.query("SELECT count(*) FROM tb_confiture"));
    assertEquals(
        List.of(""),
        project.query("SELECT pg_sequence_last_value('tb_confiture_pk_confiture_seq')"));
  }

  @Test
  void c09AMigrationThatUsesSavepointsOfItsOwnPassesAndLeavesNoTable() throws IOException {
    Report report =
        project
            .file(
                "001_users",
                """
                CREATE TABLE users (id int);
                SAVEPOINT mine;
                INSERT INTO users VALUES (1);
                ROLLBACK TO SAVEPOINT mine;
                RELEASE SAVEPOINT mine;
                """)
            .file("002_count", "DO $$ BEGIN ASSERT (SELECT count(*) FROM users) = 0; END $$;")
            .rehearse();
    assertEquals(List.of("passed", "passed"), outcomes(report), report.toString());
    assertEquals(List.of(), project.relations());
  }

  @Test
  void c10AMigrationThatDoesNotDeclareItsTransactionalityIsTransactional() throws IOException {
    Report report = project.file("001_users", "CREATE TABLE users (id int);").rehearse();
    assertFalse(report.hasSkipped());
    assertEquals(List.of("passed"), outcomes(report));
  }

  @Test
  void c11ByDefaultANonTransactionalMigrationIsSkipped() throws IOException {
    Report report = withIndex().rehearse();
    assertEquals(List.of("passed", "skipped", "passed"), outcomes(report));
    assertEquals(
        new Outcome.Skipped("non-transactional: cannot run inside SAVEPOINT"),
        report.migrations().get(1).outcome());
  }

  @Test
  void c12ARunWhoseOnlyNonSuccessIsASkipHasAllPassed() throws IOException {
    assertTrue(withIndex().rehearse().allPassed());
  }

  @Test
  void c13ADefaultRunWithASkipIsNotConsumedAndCommitsNothing() throws IOException {
    Report report = withIndex().rehearse();
    assertFalse(report.dbConsumed());
    assertEquals(List.of(), project.relations());
  }

  @Test
  void c14WithTheAllowFlagItRunsIsNotSkippedAndTheRunIsConsumed() throws IOException {
    Report report = withIndex().allowing().rehearse();
    assertEquals(List.of("passed", "passed", "passed"), outcomes(report), report.toString());
    assertFalse(report.hasSkipped());
    assertTrue(report.dbConsumed());
  }

  @Test
  void c15WithTheAllowFlagTheTableAndTheIndexExistAfterTheRun() throws IOException {
    withIndex().allowing().rehearse();
    assertEquals(List.of("idx_users", "posts", "users"), project.relations());
  }

  @Test
  void c16WithTheAllowFlagEarlierMigrationsAreCommittedOnceAndNotRolledBack() throws IOException {
    project.query("ALTER DATABASE c16 SET log_statement = 'all'");
    int before = SERVER.log().size();
    withIndex().allowing().rehearse();
    List<String> log = SERVER.log().subList(before, SERVER.log().size());
    assertEquals(
        0,
        log.stream().filter(line -> line.contains("ROLLBACK TO SAVEPOINT preflight_run")).count());
    assertEquals(1, log.stream().filter(line -> line.endsWith("'on'; COMMIT")).count());
  }

  @Test
  void c17WithTheAllowFlagAFailingOneIsFailedAndTheRunIsConsumed() throws IOException {
    Report report =
        project
            .file("001_users", "CREATE TABLE users (id int);")
            .file("002_index", "CREATE INDEX CONCURRENTLY idx ON users (nosuch);")
            .allowing()
            .rehearse();
    assertEquals(List.of("passed", "failed"), outcomes(report));
    assertEquals("column \"nosuch\" does not exist", message(report, 1));
    assertTrue(report.dbConsumed());
    assertEquals(List.of("users"), project.relations());
  }

  private SavepointProject withIndex() throws IOException {
    return project
        .file("001_users", "CREATE TABLE users (id int);")
        .file("002_index", INDEX)
        .file("003_posts", "CREATE TABLE posts (id int);");
  }

  private static String message(Report report, int index) {
    JudgedMigration migration = report.migrations().get(index);
    return migration.rehearsed().failures().getFirst().error().message();
  }
}
