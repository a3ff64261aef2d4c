package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.Interruption;
import dev.confiture.preflight.rehearsal.Limits;
import dev.confiture.preflight.rehearsal.Stop;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the engine itself asks of the server cannot keep a rehearsal for ever. */
@Timeout(60)
final class StuckServerTest {

  private static final String COPIES =
      "SELECT count(*) FROM pg_database WHERE datname LIKE 'preflight\\_%'";

  @TempDir private Path migrations;

  @Test
  void questionBehindALockIsNotAnsweredAndTheRunGoesOn() throws IOException {
    migration("1_fails", "DO $$ BEGIN IF false THEN PERFORM FROM item; END IF; RAISE 'no'; END $$");
    migration("2_passes", "SELECT 1");
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      run(shop, "CREATE TABLE item (id int)");
      try (Locks locks = new Locks(shop)) {
        Report report =
            run(
                shop,
                step -> {
                  if (step.contains("1_fails")) {
                    locks.take("item");
                  }
                });
        assertEquals(List.of(Outcome.Failed.class, Outcome.Passed.class), outcomes(report));
      }
    }
  }

  @Test
  void triggerOfTheTrackingTableIsEndedByTheWallClock() throws IOException {
    migration("1_lifts_the_limit", "SET statement_timeout = 0");
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      run(
          shop,
          """
          CREATE TABLE tb_confiture (slug text, version text, name text, execution_time_ms int,
            checksum text);
          CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_sleep(3600); RETURN NEW; END $$;
          CREATE TRIGGER waits BEFORE INSERT ON tb_confiture
            FOR EACH ROW EXECUTE FUNCTION waits()
          """);
      Failure failure =
          run(shop, Progress.NONE).migrations().getFirst().rehearsed().failures().getFirst();
      assertEquals(Failure.Source.LEDGER, failure.source());
      assertEquals("57014", failure.error().sqlState());
    }
  }

  @Test
  void serverThatAcceptsAndNeverAnswersIsLost() throws IOException {
    migration("1_passes", "SELECT 1");
    migration("2_ends_its_session", "SELECT ends_me()");
    migration("3_never_runs", "SELECT 1");
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      run(
          shop,
          "CREATE FUNCTION ends_me() RETURNS bool LANGUAGE sql SECURITY DEFINER"
              + " AS 'SELECT pg_terminate_backend(pg_backend_pid())'");
      try {
        long start = System.nanoTime();
        Report report =
            run(
                patientFor2Seconds(shop),
                step -> {
                  if (step.contains("2_ends")) {
                    server.freeze();
                  }
                });
        assertEquals(
            Optional.of(Interruption.Kind.SERVER_LOST),
            report.interruption().map(Interruption::kind));
        assertEquals(
            List.of(Outcome.Passed.class, Outcome.Skipped.class, Outcome.Skipped.class),
            outcomes(report));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(25)) < 0, "it took " + took);
      } finally {
        server.thaw();
      }
    }
  }

  /** The limit holds for what comes before the first migration, too. */
  @Test
  void aSchemaThatSleepsEndsAtTheTimeLimit() throws IOException {
    migration("1_passes", "SELECT 1");
    Path schema =
        Files.writeString(
            migrations.resolveSibling("schema.sql"),
            "CREATE TABLE item (id int); SET statement_timeout = 0; SELECT pg_sleep(3600);\n");
    for (Optional<ExternalServer> server :
        List.of(Optional.<ExternalServer>empty(), Optional.of(ExternalServer.start()))) {
      Options options = Options.of(migrations).withSchemaFile(schema).with(inSeconds(4));
      SandboxProblem problem =
          assertThrows(
              SandboxProblem.class,
              () ->
                  Preflight.rehearse(
                      server.map(s -> options.withAgainst(s.newDatabase("shop"))).orElse(options)));
      assertTrue(
          problem.text().contains("the time limit of 4 s was reached before its first migration"),
          problem.text());
      assertFalse(problem.text().contains("left on the server"), problem.text());
      server.ifPresent(ExternalServer::close);
    }
  }

  @Test
  void aServerThatFallsSilentBeforeTheFirstMigrationEndsTheRunAtItsLimit() throws IOException {
    migration("1_passes", "SELECT 1");
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      run(shop, "CREATE TABLE item (id int)");
      try {
        SandboxProblem problem =
            assertThrows(
                SandboxProblem.class,
                () ->
                    Preflight.run(
                        Options.of(migrations).withAgainst(shop).with(inSeconds(3)),
                        step -> {
                          if (step.contains("preparing the database")) {
                            server.freeze();
                          }
                        },
                        new Stop()));
        assertTrue(problem.text().contains("the time limit of 3 s was reached"), problem.text());
        assertTrue(problem.text().contains("may be left"), problem.text());
      } finally {
        server.thaw();
      }
    }
  }

  /** What the first run has found is told, though no second one can follow. */
  @Test
  void aServerThatFallsSilentBetweenTheRunsCostsNoResult() throws IOException {
    migration("1_fails", "SELECT nope");
    migration("2_passes", "SELECT 1");
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      run(shop, "CREATE TABLE item (id int)");
      AtomicInteger prepared = new AtomicInteger();
      try {
        Report report =
            Preflight.run(
                Options.of(migrations).withAgainst(shop).with(inSeconds(12)),
                step -> {
                  if (step.contains("preparing the database") && prepared.incrementAndGet() == 2) {
                    server.freeze();
                  }
                },
                new Stop());
        assertEquals(List.of(Outcome.Failed.class, Outcome.Passed.class), outcomes(report));
        assertTrue(
            report.remarks().notes().stream()
                .anyMatch(note -> note.contains("judged by what the first run showed")),
            report.remarks().toString());
      } finally {
        server.thaw();
      }
    }
  }

  /** Who reads the report before the clean-up has it all, and sees that it is not the last word. */
  @Test
  void theReportIsThereBeforeTheCleanup() throws IOException {
    migration("1_passes", "SELECT 1");
    try (ExternalServer server = ExternalServer.start()) {
      ConnectionString shop = server.newDatabase("shop");
      List<String> found = new ArrayList<>();
      Report last =
          Preflight.run(
              Options.of(migrations).withAgainst(shop),
              new Progress() {
                @Override
                public void step(String text) {}

                @Override
                public void found(Report report) {
                  found.add(report.verdict().word());
                  found.addAll(report.remains());
                  try (Session admin = Session.open(shop.withDatabase("postgres"))) {
                    found.add(admin.query(COPIES).getFirst().text(0));
                  }
                }
              },
              new Stop());
      assertEquals(
          List.of("passed", "cleaning up had not ended when this report was written", "1"), found);
      assertEquals(List.of(), last.remains());
      try (Session admin = Session.open(shop.withDatabase("postgres"))) {
        assertEquals("0", admin.query(COPIES).getFirst().text(0));
      }
    }
  }

  private static Limits inSeconds(int total) {
    return new Limits(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(total));
  }

  /** A transaction in the run's copy that keeps a table to itself. */
  private static final class Locks implements AutoCloseable {

    private final ConnectionString named;
    private Optional<Session> holder = Optional.empty();

    Locks(ConnectionString named) {
      this.named = named;
    }

    void take(String table) {
      try (Session admin = Session.open(named.withDatabase("postgres"))) {
        String copy =
            admin
                .query("SELECT datname FROM pg_database WHERE datname LIKE 'preflight\\_%'")
                .getFirst()
                .text(0);
        Session session = Session.open(named.withDatabase(copy));
        holder = Optional.of(session);
        session.run("BEGIN; LOCK TABLE " + table);
      }
    }

    @Override
    public void close() {
      holder.ifPresent(Session::close);
    }
  }

  private void migration(String name, String sql) throws IOException {
    Files.writeString(migrations.resolve(name + ".up.sql"), sql + ";\n");
    Files.writeString(migrations.resolve(name + ".down.sql"), "SELECT 1;\n");
  }

  private static ConnectionString patientFor2Seconds(ConnectionString url) {
    Map<String, String> parameters = new LinkedHashMap<>(url.parameters());
    parameters.put("connect_timeout", "2");
    return new ConnectionString(parameters, true);
  }

  private static void run(ConnectionString url, String sql) {
    try (Session session = Session.open(url)) {
      session.run(sql);
    }
  }

  private static List<? extends Class<?>> outcomes(Report report) {
    return report.migrations().stream()
        .map(JudgedMigration::outcome)
        .map(Object::getClass)
        .toList();
  }

  private Report run(ConnectionString url, Progress progress) {
    return Preflight.run(
        Options.of(migrations)
            .withAgainst(url)
            .with(new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(10)))
            .with(Map.copyOf(System.getenv())),
        progress,
        new Stop());
  }
}
