package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.rehearsal.Observation;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that run all pending files in one transaction, here node-pg-migrate. */
final class OneTransactionTest {

  private static final String SCHEMA =
      """
      CREATE TABLE parents (id serial PRIMARY KEY);
      CREATE TABLE children (id int, parent int REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
      """;

  @TempDir private Path scratch;

  @Test
  void aTypeOfAnEarlierFileHasNewLabelsAtOnceAfterAFailure() throws IOException {
    assertEquals(
        List.of("passed, undone", "failed 22012", "passed", "failed 42601"),
        told(
            "CREATE TYPE mood AS ENUM ('sad');",
            "SELECT 1/0;",
            "ALTER TYPE mood ADD VALUE 'happy'; CREATE TABLE m AS SELECT 'happy'::mood AS one;",
            "CREAT TABLE m2();"));
  }

  @Test
  void whatIsSentAgainFindsTheSequencesAsTheyWere() throws IOException {
    assertEquals(
        List.of("passed, undone", "failed 22012", "passed"),
        told(
            "INSERT INTO parents DEFAULT VALUES;",
            "SELECT 1/0;",
            "INSERT INTO children VALUES (1, 1); SET CONSTRAINTS ALL IMMEDIATE;"));
  }

  @Test
  void eachFileThatTheCommitRefusesIsFoundAndNoneThatALaterOneMends() throws IOException {
    assertEquals(
        List.of("passed, undone", "passed, undone", "failed 23503", "passed", "failed 23503"),
        told(
            "INSERT INTO children VALUES (1, 7);",
            "INSERT INTO parents VALUES (7);",
            "CREATE TABLE kept (); INSERT INTO children VALUES (2, 8);",
            "ALTER TABLE parents ADD name text; CREATE TABLE other AS TABLE kept;",
            "INSERT INTO children VALUES (3, 9);"));
  }

  @Test
  void aFilesOwnCommitKeepsWhatIsBeforeItAndWhatFollowsStandsByItself() throws IOException {
    assertEquals(
        List.of("passed", "passed", "failed 22012", "passed"),
        told(
            "CREATE TABLE x1 (id int);",
            "CREATE TABLE x2 (id int); COMMIT;",
            "SELECT 1/0;",
            "INSERT INTO x1 VALUES (1); INSERT INTO x2 VALUES (1);"));
  }

  @Test
  void allErrorsOfAFileAreToldAndTheRestOfItIsThere() throws IOException {
    assertEquals(
        List.of("failed 42P01 and 1 more", "passed"),
        told(
            "INSERT INTO missing1 VALUES (1); CREATE TABLE x1 (id int);"
                + " INSERT INTO missing2 VALUES (1);",
            "CREATE TABLE x3 (id int);"));
  }

  private List<String> told(String... files) throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("migrations"));
    for (int i = 0; i < files.length; i++) {
      Files.writeString(folder.resolve((i + 1) + "_file.sql"), files[i] + "\n");
    }
    Path schema = Files.writeString(scratch.resolve("schema.sql"), SCHEMA);
    Report report =
        Preflight.run(
            Options.of(folder).withSchemaFile(schema).withTool("node-pg-migrate"),
            () -> TestServers.embedded(TestServers.newest()));
    return report.migrations().stream().map(OneTransactionTest::told).toList();
  }

  private static String told(JudgedMigration migration) {
    boolean undone =
        migration.rehearsed().observations().stream()
            .anyMatch(Observation.UndoneWith.class::isInstance);
    return switch (migration.outcome()) {
      case Outcome.Passed _ -> undone ? "passed, undone" : "passed";
      case Outcome.Failed failed ->
          "failed "
              + failed.failure().error().sqlState()
              + (failed.further().isEmpty() ? "" : " and " + failed.further().size() + " more");
      case Outcome.Blocked _, Outcome.Unverified _, Outcome.Skipped _ ->
          migration.outcome().toString();
    };
  }
}
