package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import dev.confiture.preflight.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a rehearsal before its last migration; what is known by then is reported. */
final class InterruptedRunTest {

  private static final String FOR_EVER = "SELECT pg_sleep(3600);\n";

  @TempDir private Path migrations;

  @BeforeEach
  void threeMigrationsOfWhichTheSecondNeverEnds() throws IOException {
    Files.writeString(migrations.resolve("1_wrong.sql"), "SELECT no_such_column;\n");
    Files.writeString(migrations.resolve("2_sleeps.sql"), FOR_EVER);
    Files.writeString(migrations.resolve("3_right.sql"), "SELECT 1;\n");
  }

  @Test
  void timeLimit() {
    try (ExternalServer server = ExternalServer.start()) {
      Report report =
          run(server.newDatabase("shop"), Duration.ofSeconds(8), Progress.NONE, new Stop());
      assertEndedInTheSecond(report, Interruption.Kind.TIME_LIMIT);
      assertEquals(List.of(), report.remains());
    }
  }

  @Test
  void signal() {
    Stop stop = new Stop();
    Interruption signal = new Interruption(Interruption.Kind.SIGNAL, "a signal came", "wait");
    try (ExternalServer server = ExternalServer.start()) {
      Report report =
          run(
              server.newDatabase("shop"),
              Duration.ofMinutes(10),
              step -> {
                if (step.contains("2_sleeps")) {
                  Thread.ofVirtual().start(() -> stop.request(signal));
                }
              },
              stop);
      assertEndedInTheSecond(report, Interruption.Kind.SIGNAL);
      assertEquals(List.of(), report.remains());
    }
  }

  /** The process ends its server while the schema is still being restored. */
  @Test
  void signalBeforeTheFirstMigration(@TempDir Path folder) throws IOException {
    Path schema = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE t (id int);\n");
    Stop stop = new Stop();
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      Problem problem =
          assertThrows(
              Problem.class,
              () ->
                  run(
                      Optional.of(schema),
                      shop,
                      Duration.ofMinutes(10),
                      step -> {
                        if (step.contains("restoring")) {
                          stop.request(
                              new Interruption(
                                  Interruption.Kind.SIGNAL, "a signal ended the run", "again"));
                          server.crash();
                        }
                      },
                      stop));
      assertTrue(
          problem.text().startsWith("a signal ended the run before its first migration"),
          problem.text());
      assertEquals(Optional.of("again"), problem.hint());
    }
  }

  @Test
  void crashOfTheServer() {
    try (ExternalServer server = ExternalServer.start()) {
      Report report =
          run(
              server.newDatabase("shop"),
              Duration.ofMinutes(10),
              step -> {
                if (step.contains("2_sleeps")) {
                  server.crash();
                }
              },
              new Stop());
      assertEndedInTheSecond(report, Interruption.Kind.SERVER_LOST);
      assertTrue(
          report.remains().stream().anyMatch(remains -> remains.contains("preflight_")),
          "it cannot be said that the databases were dropped: " + report.remains());
    }
  }

  private static void assertEndedInTheSecond(Report report, Interruption.Kind kind) {
    assertEquals(Verdict.ERROR, report.verdict());
    assertEquals(Optional.of(kind), report.interruption().map(Interruption::kind));
    assertEquals(
        List.of(Outcome.Failed.class, Outcome.Skipped.class, Outcome.Skipped.class),
        report.migrations().stream().map(JudgedMigration::outcome).map(Object::getClass).toList());
  }

  private Report run(ConnectionString url, Duration total, Progress progress, Stop stop) {
    return run(Optional.empty(), url, total, progress, stop);
  }

  private Report run(
      Optional<Path> schema, ConnectionString url, Duration total, Progress progress, Stop stop) {
    Options options =
        Options.of(migrations)
            .withAgainst(url)
            .with(new Limits(Duration.ofHours(1), Duration.ofSeconds(5), total))
            .with(Map.copyOf(System.getenv()));
    return Preflight.run(schema.map(options::withSchemaFile).orElse(options), progress, stop);
  }
}
