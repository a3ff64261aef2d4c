package dev.confiture.preflight.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sandbox.ExternalServer;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.source.Production.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a production server, and how it ends where it cannot be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProductionTest {

  private static final Path BINARIES =
      ServerBinaries.find(Optional.empty(), OptionalInt.empty(), System.getenv()).folder();

  private final ExternalServer server = ExternalServer.start(BINARIES);
  private final Session superuser = Session.open(server.newDatabase("preflight"));
  private final String place =
      "127.0.0.1:" + superuser.query("SHOW port").getFirst().text(0) + "/preflight";

  @BeforeAll
  void makeProduction() {
    superuser.run("CREATE ROLE maker SUPERUSER LOGIN PASSWORD 'opensesame'");
    superuser.run("CREATE ROLE shop CREATEDB");
    superuser.run("CREATE ROLE \"Weak\" LOGIN PASSWORD 'opensesame' IN ROLE shop");
    superuser.run("ALTER ROLE shop SET search_path = \"$user\", app");
    superuser.run("ALTER ROLE shop SET app.jwt_secret = 'sesame0'");
    superuser.run("ALTER DATABASE preflight SET statement_timeout = '30s'");
    superuser.run("CREATE TABLE public.users (id int)");
    superuser.run("CREATE TABLE public.\"Orders\" (id int)");
    superuser.run("INSERT INTO public.users SELECT generate_series(1, 500)");
    superuser.run("ANALYZE public.users");
    superuser.run("ALTER TABLE public.users OWNER TO shop");
    superuser.run("CREATE FOREIGN DATA WRAPPER elsewhere");
    superuser.run(
        "CREATE SERVER far FOREIGN DATA WRAPPER elsewhere OPTIONS (host 'h', api_key 'sesame1')");
    superuser.run("CREATE USER MAPPING FOR shop SERVER far OPTIONS (\"user\" 'u', pw 'sesame2')");
    superuser.run(
        "CREATE SUBSCRIPTION s CONNECTION 'host=h password=sesame3' PUBLICATION p"
            + " WITH (connect = false)");
  }

  @AfterAll
  void stop() {
    superuser.close();
    server.close();
  }

  private Production.Request request(String user, Optional<Path> binaries, Duration timeout) {
    return new Production.Request(
        ConnectionString.parse("postgresql://" + user + ":opensesame@" + place),
        timeout,
        List.of(),
        List.of(),
        binaries,
        Map.of());
  }

  private String dumped(Optional<Path> binaries) {
    try (Production production =
        Production.connect(request("maker", binaries, Duration.ofSeconds(60)))) {
      return production.dump(production.facts()).schema().script().source().text();
    }
  }

  @Test
  void theTextHoldsTheRolesAndTheirSettings() {
    String text = dumped(Optional.empty());
    assertTrue(text.contains("CREATE ROLE \"shop\";\nALTER ROLE \"shop\" WITH NOSUPERUSER"), text);
    assertTrue(text.contains("GRANT \"shop\" TO \"Weak\";\n"), text);
    assertTrue(text.contains("ALTER ROLE \"shop\" SET \"search_path\" TO '$user', 'app';\n"), text);
    assertTrue(
        text.contains("ALTER DATABASE \"preflight\" SET \"statement_timeout\" TO '30s';\n"), text);
    assertTrue(text.contains("CREATE TABLE public.users ("), text);
  }

  @Test
  void aSuperusersDumpHoldsNoSecret() {
    String text = dumped(Optional.empty());
    assertFalse(text.contains("sesame"), text);
    assertFalse(text.contains("SCRAM"), text);
    assertTrue(text.contains("host 'h'"), text);
    assertTrue(text.contains("CREATE USER MAPPING FOR shop SERVER far"), text);
  }

  @Test
  void settingsThatHoldSecretsAreLeftOutAndNamed() {
    try (Production production =
        Production.connect(request("maker", Optional.empty(), Duration.ofSeconds(60)))) {
      assertEquals(
          List.of(
              "settings of production are left out, since their names tell of secrets:"
                  + " app.jwt_secret"),
          production.dump(production.facts()).warnings());
    }
  }

  @Test
  void theFactsTellWhatNeedsAnExtension() {
    superuser.run("CREATE EXTENSION hstore");
    superuser.run("CREATE EXTENSION cube");
    superuser.run("CREATE EXTENSION earthdistance");
    superuser.run("CREATE TABLE public.goods (id int, tags hstore)");
    superuser.run("CREATE VIEW public.tagged AS SELECT id FROM public.goods WHERE tags ? 'new'");
    try (Production production =
        Production.connect(request("maker", Optional.empty(), Duration.ofSeconds(60)))) {
      assertEquals(
          Map.of(
              "hstore", List.of("table column public.goods.tags", "view public.tagged"),
              "cube", List.of("extension earthdistance")),
          production.facts().dependents());
    } finally {
      superuser.run("DROP EXTENSION hstore, cube, earthdistance CASCADE");
      superuser.run("DROP TABLE public.goods");
    }
  }

  @Test
  void theFactsLeaveOutNothingThatNeedsAnExtension() {
    superuser.run("CREATE EXTENSION hstore");
    for (int table = 0; table < 4; table++) {
      superuser.run(
          "CREATE TABLE public.wide"
              + table
              + IntStream.range(0, 1_500)
                  .mapToObj(column -> "c" + column + " hstore")
                  .collect(Collectors.joining(", ", " (", ")")));
    }
    try (Production production =
        Production.connect(request("maker", Optional.empty(), Duration.ofSeconds(60)))) {
      assertEquals(6_000, production.facts().dependents().getOrDefault("hstore", List.of()).size());
    } finally {
      superuser.run("DROP EXTENSION hstore CASCADE");
      superuser.run("DROP TABLE public.wide0, public.wide1, public.wide2, public.wide3");
    }
  }

  @Test
  void theFactsTellSizesAndOwners() {
    try (Production production =
        Production.connect(request("maker", Optional.empty(), Duration.ofSeconds(60)))) {
      Facts facts = production.facts();
      assertEquals("preflight", facts.database());
      assertEquals("1.0", facts.extensions().get("plpgsql"));
      assertEquals(
          List.of(
              new Facts.Table(
                  QualifiedName.of("public", "users"), "shop", OptionalLong.of(500), 3)),
          facts.tables().stream().filter(table -> table.owner().equals("shop")).toList());
      assertTrue(production.hasSnapshot());
    }
  }

  @Test
  void whatIsMadeMeanwhileIsNotInTheDump(@TempDir Path folder) throws IOException {
    Path programs =
        programs(
            folder,
            "if [ \"$1\" != --version ]; then"
                + " PGOPTIONS= "
                + BINARIES
                + "/psql -qc 'CREATE TABLE public.late (id int)' 1>&2 || exit 9; fi\nexec "
                + BINARIES
                + "/pg_dump \"$@\"");
    String text = dumped(Optional.of(programs));
    assertEquals("late", superuser.query("SELECT 'public.late'::regclass").getFirst().text(0));
    superuser.run("DROP TABLE public.late");
    assertTrue(text.contains("CREATE TABLE public.users ("), text);
    assertFalse(text.contains("late"), text);
  }

  @Test
  void aDumpThatTakesTooLongIsEndedAndSaysHowFarItCame(@TempDir Path folder) throws IOException {
    Path programs =
        programs(
            folder,
            "if [ \"$1\" = --version ]; then exec "
                + BINARIES
                + "/pg_dump --version; fi\necho 'pg_dump: reading user-defined tables' >&2\n"
                + "exec sleep 600");
    try (Production production =
        Production.connect(request("maker", Optional.of(programs), Duration.ofSeconds(2)))) {
      Facts facts = production.facts();
      SourceProblem problem = assertThrows(SourceProblem.class, () -> production.dump(facts));
      assertEquals(
          "reading postgresql://maker@"
              + place
              + " took longer than 2s: pg_dump was reading user-defined tables",
          problem.text());
      assertEquals(
          Optional.of(
              "give it more time with --source-timeout, or read less with --exclude-schemas"),
          problem.hint());
    }
  }

  /** As PgBouncer refuses a start-up option, and another server behind it a snapshot. */
  @Test
  void whatAPoolerRefusesIsLeftOut(@TempDir Path folder) throws IOException {
    Path programs =
        programs(
            folder,
            "if [ \"$1\" != --version ]; then\n"
                + "if [ -n \"$PGOPTIONS\" ]; then\n"
                + "echo 'pg_dump: error: FATAL:  unsupported startup parameter: options' >&2\n"
                + "exit 1; fi\n"
                + "case \"$*\" in *--snapshot=*)\n"
                + "echo 'pg_dump: error: query failed: ERROR:  invalid snapshot' >&2\n"
                + "echo \"pg_dump: detail: Query was: SET TRANSACTION SNAPSHOT '1'\" >&2\n"
                + "exit 1;; esac; fi\nexec "
                + BINARIES
                + "/pg_dump \"$@\"");
    try (Production production =
        Production.connect(request("maker", Optional.of(programs), Duration.ofSeconds(60)))) {
      Dump dump = production.dump(production.facts());
      assertTrue(dump.schema().script().source().text().contains("CREATE TABLE public.users ("));
      assertEquals(Production.SNAPSHOT_WARNING, dump.warnings().getFirst());
    }
  }

  @Test
  void whenItIsLetGoPgDumpEndsAndThePasswordIsGone(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path seen = folder.resolve("seen");
    Path programs =
        programs(
            folder,
            "if [ \"$1\" = --version ]; then exec "
                + BINARIES
                + "/pg_dump --version; fi\necho \"$$ $PGPASSFILE\" > "
                + seen
                + ".new; mv "
                + seen
                + ".new "
                + seen
                + "; exec sleep 600");
    Production production =
        Production.connect(request("maker", Optional.of(programs), Duration.ofSeconds(60)));
    Facts facts = production.facts();
    Thread dumping =
        Thread.ofVirtual()
            .start(() -> assertThrows(SourceProblem.class, () -> production.dump(facts)));
    while (!Files.exists(seen)) {
      assertTrue(dumping.isAlive(), "it ended by itself");
      Thread.sleep(10);
    }
    String[] told = Files.readString(seen).strip().split(" ", 2);
    assertTrue(Files.exists(Path.of(told[1])));
    production.close();
    dumping.join();
    assertFalse(Files.exists(Path.of(told[1])));
    assertFalse(
        ProcessHandle.of(Long.parseLong(told[0])).filter(ProcessHandle::isAlive).isPresent());
  }

  @Test
  void aLockThatSomebodyHoldsIsNotWaitedForLong() {
    superuser.run("BEGIN");
    superuser.run("LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE");
    try (Production production =
        Production.connect(request("maker", Optional.empty(), Duration.ofSeconds(60)))) {
      Facts facts = production.facts();
      SourceProblem problem = assertThrows(SourceProblem.class, () -> production.dump(facts));
      // pg_dump waits for locks under a statement_timeout.
      assertEquals(
          "dumping postgresql://maker@"
              + place
              + ": query failed: ERROR:  canceling statement due to statement timeout; detail:"
              + " Query was: LOCK TABLE public.users IN ACCESS SHARE MODE",
          problem.text());
      assertEquals(
          Optional.of(
              "another session holds a lock on a table, perhaps a deployment: try again after it"),
          problem.hint());
    } finally {
      superuser.run("ROLLBACK");
    }
  }

  @Test
  void whoMayNotReadTablesIsToldWhich() {
    try (Production production =
        Production.connect(request("Weak", Optional.empty(), Duration.ofSeconds(60)))) {
      Facts facts = production.facts();
      SourceProblem problem = assertThrows(SourceProblem.class, () -> production.dump(facts));
      assertEquals(
          "dumping postgresql://Weak@" + place + ": the user Weak may not read public.Orders",
          problem.text());
    }
  }

  @Test
  void beforeFourteenTheGrantsAreASchemaAtATime() {
    assertEquals(
        "GRANT USAGE ON SCHEMA \"app\", \"public\" TO \"Weak\";"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA \"app\", \"public\" TO \"Weak\";"
            + " GRANT SELECT ON ALL SEQUENCES IN SCHEMA \"app\", \"public\" TO \"Weak\"",
        new MissingPrivileges(
                List.of(QualifiedName.of("app", "a"), QualifiedName.of("public", "b")))
            .grants(13, "Weak"));
  }

  @Test
  void anOlderPgDumpIsRefusedNamingTheOneThatIsNeeded(@TempDir Path folder) throws IOException {
    Path programs = programs(folder, "echo 'pg_dump (PostgreSQL) 9.6.24'");
    SourceProblem problem =
        assertThrows(
            SourceProblem.class, () -> PgDumpProgram.find(99, Optional.of(programs), Map.of()));
    assertTrue(
        problem
            .text()
            .startsWith(
                "dumping PostgreSQL 99 takes a pg_dump of version 99 or later, and "
                    + programs
                    + "/pg_dump is of version 9.6.24"),
        problem.text());
    assertTrue(
        problem.hint().orElseThrow().startsWith("install the package postgresql-client-99 "),
        problem.hint().orElseThrow());
  }

  @Test
  void whatPgDumpCannotBeGivenIsRefusedByName() {
    UsageProblem problem =
        assertThrows(
            UsageProblem.class,
            () ->
                Production.connect(
                    new Production.Request(
                        ConnectionString.parse("postgresql://maker@" + place + "?service=x"),
                        Duration.ZERO,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Map.of())));
    assertEquals(
        "connecting to postgresql://maker@"
            + place
            + ": the connection parameter \"service\" cannot be handed to pg_dump: leave it out",
        problem.text());
  }

  private static Path programs(Path folder, String text) throws IOException {
    Path program = folder.resolve("pg_dump");
    Files.writeString(program, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }
}
