package dev.confiture.preflight;

import static dev.confiture.preflight.SavepointProject.outcomes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.report.JsonReport;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waits for a lock that another session of an external server holds, but not without limit. */
final class LockedTableTest {

  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(60), Duration.ofMillis(300), Duration.ofMinutes(2));

  @TempDir private Path migrations;

  @Test
  void aLockThatAnotherSessionHoldsEndsTheFileAndNotTheRun() throws IOException {
    try (ExternalServer server = ExternalServer.start()) {
      SavepointProject project =
          new SavepointProject(migrations, server.newDatabase("shop"))
              .file("001_before", "CREATE TABLE notes (id int);")
              .file("002_locked", "SELECT 1;\nALTER TABLE users ADD COLUMN n int;")
              .file("003_after", "ALTER TABLE notes ADD COLUMN n int;");
      try (Session holder = Session.open(project.url())) {
        holder.run("CREATE TABLE users (id int)");
        holder.run("BEGIN; LOCK TABLE users IN ACCESS SHARE MODE");
        Report report = Preflight.rehearse(project.options().with(LIMITS));
        assertEquals(List.of("passed", "failed", "passed"), outcomes(report));
        String json = JsonReport.write(report);
        assertTrue(
            json.contains("002_locked.up.sql:2:1: ERROR 55P03: canceling statement due to lock"),
            json);
      }
      assertEquals(List.of("users"), project.relations());
    }
  }
}
