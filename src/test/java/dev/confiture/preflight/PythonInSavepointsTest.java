package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.rehearsal.PythonFiles;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Python files in one transaction around all: the original's sentences 11 to 17 and 30. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PythonInSavepointsTest {

  private final ExternalServer server = ExternalServer.start();
  @TempDir Path folder;
  private int databases;
  private SavepointProject project;

  @BeforeEach
  void aDatabaseAndThreeFiles() throws IOException {
    Map<String, String> environment = System.getenv();
    assumeTrue(new PythonFiles(environment, true).skipped().isEmpty(), "there is no python3");
    project = new SavepointProject(folder, server.newDatabase("python" + ++databases));
    python("1_table", true, "CREATE TABLE a (id int)");
    python("2_index", false, "CREATE INDEX CONCURRENTLY a_id ON a (id)");
    project.file("3_view", "CREATE VIEW v AS SELECT id FROM a");
    Files.writeString(folder.resolve("__init__.py"), "");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void python(String base, boolean transactional, String sql) throws IOException {
    String[] parts = base.split("_", 2);
    Files.writeString(
        folder.resolve(base + ".py"),
        """
        from confiture.models.migration import Migration
        class M(Migration):
            version = "%s"
            name = "%s"
            transactional = %s
            def up(self):
                self.execute("%s")
            def down(self):
                pass
        """
            .formatted(parts[0], parts[1], transactional ? "True" : "False", sql));
  }

  @Test
  void byDefaultANonTransactionalMigrationIsSkippedAndNothingIsLeft() {
    Report report = project.rehearse();

    assertEquals(List.of("passed", "skipped", "passed"), SavepointProject.outcomes(report));
    assertTrue(report.allPassed());
    assertFalse(report.dbConsumed());
    assertEquals(List.of(), project.relations());
  }

  @Test
  void withTheAllowFlagItRunsAndTheDatabaseIsConsumed() {
    Report report = project.allowing().rehearse();

    assertEquals(List.of("passed", "passed", "passed"), SavepointProject.outcomes(report));
    assertTrue(report.dbConsumed());
    assertEquals(List.of("a", "a_id", "v"), project.relations());
  }

  @Test
  void withTheAllowFlagAFailingOneIsFailedAndTheDatabaseConsumed() throws IOException {
    python("2_index", false, "CREATE INDEX CONCURRENTLY a_id ON a (nope)");

    Report report = project.allowing().rehearse();

    assertEquals(List.of("passed", "failed", "passed"), SavepointProject.outcomes(report));
    assertTrue(report.dbConsumed());
  }

  @Test
  void aFailedFileLeavesNothingForTheNext() throws IOException {
    python("1_table", true, "CREATE TABLE a (id int); SELECT nope");

    Report report = project.rehearse();

    assertEquals(List.of("failed", "skipped", "blocked"), SavepointProject.outcomes(report));
    assertEquals(List.of(), project.relations());
  }
}
