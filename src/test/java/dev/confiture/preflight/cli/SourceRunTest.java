package dev.confiture.preflight.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.SchemaOrigin;
import dev.confiture.preflight.migrations.Tool;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.sandbox.ServerBinaries;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on the schema of a production database, by a user that may only read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourceRunTest {

  private static final String PASSWORD = "hunter 2@home/?#%:'\\&=ü";
  private static final String ENCODED = URLEncoder.encode(PASSWORD, UTF_8).replace("+", "%20");

  private static final Path BINARIES =
      ServerBinaries.find(Optional.empty(), OptionalInt.empty(), System.getenv()).folder();

  private final CliServer server = CliServer.start(PASSWORD);
  private final String place = "127.0.0.1:" + server.port();

  @BeforeAll
  void makeProduction() {
    try (Session session = server.connect("seeded")) {
      session.run("CREATE ROLE shop NOLOGIN");
      session.run("ALTER ROLE shop SET search_path = app, public");
      session.run(
          "CREATE ROLE reader LOGIN PASSWORD '"
              + PASSWORD.replace("'", "''")
              + "'"
              + " IN ROLE pg_read_all_data");
      session.run("CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
      session.run("CREATE DATABASE orders TEMPLATE template0");
      session.run("CREATE DATABASE untracked TEMPLATE template0");
      session.run("CREATE DATABASE views TEMPLATE template0");
      session.run("CREATE DATABASE indexes TEMPLATE template0");
    }
    try (Session session = server.connect("views")) {
      session.run("CREATE TABLE public.users (id int)");
      session.run("CREATE MATERIALIZED VIEW public.filled AS SELECT id FROM public.users");
      session.run("CREATE MATERIALIZED VIEW public.never AS SELECT 1 AS n WITH NO DATA");
      session.run("CREATE MATERIALIZED VIEW public.above AS SELECT id FROM public.filled");
    }
    try (Session session = server.connect("indexes")) {
      session.run("CREATE TABLE public.users (id int, nick text, town text, half text)");
      session.run("INSERT INTO public.users SELECT n, 'a', 'b', 'c' FROM generate_series(1, 2) n");
      session.run("CREATE MATERIALIZED VIEW public.towns AS SELECT 1 AS n FROM public.users");
      session.run("CREATE SCHEMA hidden CREATE TABLE hidden.users (id int, nick text)");
      session.run("INSERT INTO hidden.users VALUES (1, 'a'), (2, 'a')");
      for (String index :
          List.of(
              "nick_of_users ON public.users (nick)",
              "town_of_users ON public.users (lower(town)) WHERE id > 0",
              "\"Half\" ON public.users (half)",
              "n_of_towns ON public.towns (n)",
              "nick_of_hidden ON hidden.users (nick)")) {
        assertThrows(
            SessionException.class, () -> session.run("CREATE UNIQUE INDEX CONCURRENTLY " + index));
      }
      // As a DROP INDEX CONCURRENTLY leaves one that was ended.
      session.run(
          "UPDATE pg_index SET indisready = false, indislive = false"
              + " WHERE indexrelid = 'public.town_of_users'::regclass");
    }
    try (Session session = server.connect("orders")) {
      session.run("CREATE SCHEMA app AUTHORIZATION shop");
      session.run("CREATE TABLE app.users (id int PRIMARY KEY, nick_name text)");
      session.run("ALTER TABLE app.users OWNER TO shop");
      session.run("CREATE TABLE app.currency (code text)");
      session.run("ALTER TABLE app.currency OWNER TO shop");
      session.run("INSERT INTO app.currency VALUES ('EUR')");
      session.run(
          "CREATE TABLE public.tb_confiture (id uuid, slug text, version text, name text,"
              + " execution_time_ms int, checksum text, applied_at timestamptz)");
      session.run("ALTER TABLE public.tb_confiture OWNER TO shop");
      session.run("INSERT INTO public.tb_confiture (version) VALUES ('001')");
      session.run("CREATE FOREIGN DATA WRAPPER elsewhere");
      session.run(
          "CREATE SERVER far FOREIGN DATA WRAPPER elsewhere OPTIONS (host 'h', api_key 'sesame1')");
      session.run("CREATE USER MAPPING FOR shop SERVER far OPTIONS (password 'sesame2')");
    }
    try (Session session = server.connect("untracked")) {
      session.run("CREATE TABLE public.users (id int)");
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String url(String user, String database) {
    return "postgresql://" + user + ":" + ENCODED + "@" + place + "/" + database;
  }

  private static Project project(Path folder) throws IOException {
    return Project.in(folder)
        .confiture("001_first", "CREATE TABLE app.users ();")
        .confiture("002_second", "ALTER TABLE app.users ADD COLUMN email text;")
        .confiture("003_third", "ALTER TABLE app.users DROP COLUMN nickname;");
  }

  @Test
  void materializedViewsHaveDataWhereProductionsHave(@TempDir Path folder) throws IOException {
    Project project =
        Project.in(folder)
            .migration("1_filled.sql", "SELECT FROM filled; SELECT FROM above;")
            .migration("2_never.sql", "SELECT FROM never;");
    Cli run =
        Cli.run(project.with("--source", url("reader", "views"), "--since", "1", "-f", "json"));
    JsonNode migrations = run.json().path("against").path("migrations");
    assertEquals("passed", migrations.path(0).path("outcome").asText(), run.out());
    assertEquals("failed", migrations.path(1).path("outcome").asText(), run.out());
    assertEquals("55000", migrations.path(1).path("sqlstate").asText(), run.out());
  }

  private Project onInvalidIndexes(Path folder) throws IOException {
    return Project.in(folder)
        .migration(
            "1_dropped.sql",
            "DROP INDEX town_of_users; CREATE INDEX town_of_users ON users (town);")
        .migration("2_taken.sql", "CREATE UNIQUE INDEX nick_of_users ON users (nick);")
        .migration("3_not_used.sql", "ALTER TABLE users ADD UNIQUE USING INDEX nick_of_users;")
        .migration("4_again.sql", "REINDEX INDEX CONCURRENTLY \"Half\";")
        .migration("5_on_a_view.sql", "DROP INDEX n_of_towns;");
  }

  @Test
  void indexesThatProductionCannotUseAreHere(@TempDir Path folder) throws IOException {
    Project project = onInvalidIndexes(folder);
    Cli run =
        Cli.run(project.with("--source", url("reader", "indexes"), "--since", "1", "-f", "json"));
    JsonNode migrations = run.json().path("against").path("migrations");
    assertEquals("passed", migrations.path(0).path("outcome").asText(), run.out());
    assertEquals("42P07", migrations.path(1).path("sqlstate").asText(), run.out());
    assertEquals("55000", migrations.path(2).path("sqlstate").asText(), run.out());
    assertEquals("passed", migrations.path(3).path("outcome").asText(), run.out());
    assertEquals("passed", migrations.path(4).path("outcome").asText(), run.out());
    // With the rows that made one invalid, it is made in the same way.
    Cli withRows =
        Cli.run(
            project.with(
                "--source",
                url("reader", "indexes"),
                "--since",
                "1",
                "-f",
                "json",
                "--data-tables",
                "public.users"));
    migrations = withRows.json().path("against").path("migrations");
    assertEquals("passed", migrations.path(0).path("outcome").asText(), withRows.out());
    assertEquals("42P07", migrations.path(1).path("sqlstate").asText(), withRows.out());
    assertEquals("55000", migrations.path(2).path("sqlstate").asText(), withRows.out());
    assertEquals("23505", migrations.path(3).path("sqlstate").asText(), withRows.out());
  }

  @Test
  void indexesThatProductionCannotUseAreNamedBesideAnExternalServer(@TempDir Path folder)
      throws IOException {
    try (CliServer other = CliServer.start(PASSWORD)) {
      Cli run =
          Cli.run(
              onInvalidIndexes(folder)
                  .with(
                      "--source",
                      url("reader", "indexes"),
                      "--exclude-schemas",
                      "hidden",
                      "--against",
                      "postgresql://rehearser:"
                          + ENCODED
                          + "@127.0.0.1:"
                          + other.port()
                          + "/seeded",
                      "--since",
                      "1",
                      "-f",
                      "json"));
      assertTrue(
          run.json()
              .path("against")
              .path("notes")
              .toString()
              .contains(
                  "production has invalid indexes, which are not made on an external server"
                      + " (public.Half, public.n_of_towns, public.nick_of_users,"
                      + " public.town_of_users)"),
          run.out());
    }
  }

  @Test
  void whatProductionHasNotAppliedIsRehearsedOnItsSchema(@TempDir Path folder) throws IOException {
    Cli run = Cli.run(project(folder).with("--source", url("reader", "orders"), "-f", "json"));
    assertEquals(1, run.code(), run.printed());
    JsonNode against = run.json().path("against");
    assertEquals(1, against.path("passed").asInt(), run.out());
    assertEquals(1, against.path("failed").asInt(), run.out());
    assertEquals("shop", against.path("run_as").asText());
    JsonNode production = against.path("production");
    assertEquals("postgresql://reader@" + place + "/orders", production.path("url").asText());
    assertEquals("orders", production.path("database").asText());
    assertEquals(
        server.query("SELECT split_part(current_setting('server_version'), ' ', 1)").getFirst(),
        production.path("server_version").asText());
    assertTrue(production.path("dump_version").asText().matches("[0-9]+\\..*"), run.out());
    assertTrue(production.path("dump_ms").asLong() > 0, run.out());
    assertTrue(
        production.path("session_ms").asLong() >= production.path("dump_ms").asLong(), run.out());
    assertEquals("source", against.path("pending").path("tracking_table").path("from").asText());
    assertEquals("[]", against.path("warnings").toString());
    assertFalse(run.printed().contains("hunter"), run.printed());
  }

  @Test
  void theTableNamesProductionAndSaysThatItWasOnlyRead(@TempDir Path folder) throws IOException {
    Cli run = Cli.run(project(folder).with("--source", url("reader", "orders")));
    String version =
        server.query("SELECT split_part(current_setting('server_version'), ' ', 1)").getFirst();
    assertTrue(
        run.out()
            .matches(
                "(?s)Schema     orders, PostgreSQL "
                    + version
                    + ", 3 tables, dumped in [0-9]+\\.[0-9] s \\(read-only\\)\n.*"),
        run.printed());
    assertTrue(run.out().endsWith(" Production was only read.\n"), run.printed());
  }

  @Test
  void productionIsOnlyReadAndKeepsNothingOpen(@TempDir Path folder) throws IOException {
    String catalog =
        "SELECT string_agg(t::text, '' ORDER BY t::text) FROM (SELECT c.oid, c.xmin, c.relname,"
            + " c.relacl FROM pg_class c) t";
    List<String> before;
    try (Session session = server.connect("orders")) {
      before = List.of(session.query(catalog).getFirst().text(0));
    }
    List<String> log =
        logged(() -> Cli.run(project(folder).with("--source", url("reader", "orders"))));
    try (Session session = server.connect("orders")) {
      assertEquals(before, List.of(session.query(catalog).getFirst().text(0)));
      assertEquals(
          "0",
          session
              .query(
                  "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader'"
                      + " OR application_name = 'preflight' AND datname = 'orders'"
                      + " AND pid <> pg_backend_pid()")
              .getFirst()
              .text(0));
    }
    assertFalse(log.isEmpty());
    String all = String.join("\n", log);
    long locks = log.stream().filter(s -> s.startsWith("LOCK TABLE ")).count();
    assertTrue(locks >= 1 && locks <= 3, all);
    assertEquals(
        List.of(
            "BEGIN",
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
        log.stream()
            .filter(s -> s.startsWith("BEGIN") || s.startsWith("SET TRANSACTION ISO"))
            .distinct()
            .sorted()
            .toList(),
        all);
    assertTrue(log.stream().anyMatch(s -> s.startsWith("SET TRANSACTION SNAPSHOT ")), all);
    for (String statement : log) {
      assertTrue(
          statement.matches(
                  "(?is)(SELECT|SET|BEGIN|SHOW|PREPARE|EXECUTE|WITH|ROLLBACK|COMMIT)\\b.*")
              || statement.matches("(?is)LOCK TABLE .* IN ACCESS SHARE MODE;?"),
          statement);
    }
  }

  @Test
  void whereNothingIsPendingTheSchemaIsNotDumped(@TempDir Path folder) throws IOException {
    Project project = Project.in(folder).confiture("001_first", "CREATE TABLE app.users ();");
    List<String> log =
        logged(
            () -> {
              Cli run = Cli.run(project.with("--source", url("reader", "orders")));
              assertEquals(0, run.code(), run.printed());
              assertTrue(
                  run.out()
                      .endsWith(
                          "PASS  no migration is pending: nothing was checked. Production was only"
                              + " read.\n"),
                  run.out());
            });
    assertTrue(log.stream().anyMatch(s -> s.contains("tb_confiture")), String.join("\n", log));
    assertTrue(log.stream().noneMatch(s -> s.startsWith("LOCK")), String.join("\n", log));
    assertTrue(log.stream().noneMatch(s -> s.contains("pg_attrdef")), String.join("\n", log));
  }

  @Test
  void rowsOfSmallTablesComeAlongAndSchemasMayStay(@TempDir Path folder) throws IOException {
    Project project =
        Project.in(folder)
            .confiture(
                "002_second",
                "DO $$ BEGIN IF (SELECT code FROM app.currency) <> 'EUR' OR NOT EXISTS (SELECT FROM"
                    + " app.currency) THEN RAISE 'no row'; END IF; END $$;");
    Cli run =
        Cli.run(project.with("--source", url("reader", "orders"), "--data-tables", "app.currency"));
    assertEquals(0, run.code(), run.printed());
    Cli without =
        Cli.run(project.with("--source", url("reader", "orders"), "--exclude-schemas", "app"));
    assertEquals(1, without.code(), without.printed());
    assertTrue(without.out().contains("app.currency"), without.out());
  }

  @Test
  void whoMayNotReadIsToldWhichTablesAndWhatMendsIt(@TempDir Path folder) throws IOException {
    Project project = project(folder);
    Cli.run(project.with("--source", url("stranger", "orders"), "--since", "002"))
        .assertRefused(
            "reading the ledger of postgresql://stranger@"
                + place
                + "/orders: permission denied for table tb_confiture",
            "let the user read it: GRANT pg_read_all_data TO \"stranger\"");
    Cli.run(project.with("--source", url("stranger", "untracked")))
        .assertRefused(
            "dumping postgresql://stranger@"
                + place
                + "/untracked: the user stranger may not read public.users",
            "let the user read them: GRANT pg_read_all_data TO \"stranger\"; or leave their schemas"
                + " out with --exclude-schemas");
  }

  /** The command line rehearses every file then, and says so. */
  @Test
  void whereNothingTellsWhatIsAppliedTheCarefulRefuseASchemaInUse(@TempDir Path folder)
      throws IOException {
    Project project = project(folder);
    Options careful =
        Options.of(project.migrations())
            .with(
                new Options.Which(
                    project.migrations(),
                    "auto",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Tool.Told.NOTHING,
                    false,
                    false));
    ConnectionString untracked = ConnectionString.parse(url(CliServer.USER, "untracked"));
    for (Options each :
        List.of(
            careful.with(
                new SchemaOrigin.Production(
                    untracked, Duration.ofSeconds(60), List.of(), List.of())),
            careful.withSchemaFile(project.schema()),
            careful.withAgainst(untracked))) {
      UsageProblem problem = assertThrows(UsageProblem.class, () -> Preflight.rehearse(each));
      assertEquals(
          "nothing tells which migrations are applied, and the schema is in use: it has"
              + " public.users",
          problem.text());
      assertEquals(
          Optional.of(
              "name the first version to rehearse (--since), a file with the applied ones"
                  + " (--applied-from) or confiture's environment (--env)"),
          problem.hint());
    }
    Cli everything = Cli.run(project.with("--source", url("reader", "untracked"), "-f", "json"));
    assertEquals(3, everything.json().path("against").path("total").asInt(), everything.out());
  }

  @Test
  void rolesOfProductionAreMadeOnAServerOfYoursAndDroppedAgain(@TempDir Path folder)
      throws IOException {
    try (CliServer sandbox = CliServer.start("opensesame")) {
      List<String> before = sandbox.query("SELECT rolname FROM pg_roles ORDER BY 1");
      Cli run =
          Cli.run(
              project(folder)
                  .with(
                      "--source",
                      url("reader", "orders"),
                      "--against",
                      "postgresql://"
                          + CliServer.USER
                          + ":opensesame@127.0.0.1:"
                          + sandbox.port()
                          + "/seeded",
                      "-f",
                      "json"));
      assertEquals(1, run.code(), run.printed());
      JsonNode against = run.json().path("against");
      assertEquals("shop", against.path("run_as").asText());
      assertEquals("[\"search_path=app, public\"]", against.path("settings").toString());
      assertEquals(1, against.path("passed").asInt(), run.out());
      assertEquals(1, against.path("failed").asInt(), run.out());
      assertEquals(1, against.path("restore_gaps").size());
      assertEquals(
          "[\"user mapping for shop on far\"]",
          against.path("restore_gaps").path(0).path("lost").toString());
      assertEquals(before, sandbox.query("SELECT rolname FROM pg_roles ORDER BY 1"));
    }
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutItsPassword(@TempDir Path folder) throws IOException {
    Cli run =
        Cli.run(
            project(folder)
                .with("--source", url("reader", "orders").replace(place, "127.0.0.1:1")));
    assertEquals(2, run.code(), run.printed());
    assertTrue(
        run.err().startsWith("preflight: connecting to postgresql://reader@127.0.0.1:1/orders: "),
        run.err());
    assertTrue(
        run.err()
            .endsWith(
                "  hint: check host and port of the URL, and that the server is up and reachable"
                    + " from here\n"),
        run.err());
    assertFalse(run.printed().contains("hunter"), run.printed());
  }

  @Test
  void theSandboxMustNotBeProduction(@TempDir Path folder) throws IOException {
    Cli.run(
            project(folder)
                .with(
                    "--source",
                    url("reader", "orders"),
                    "--against",
                    url(CliServer.USER, "seeded")))
        .assertRefused(
            "the external server to rehearse on, postgresql://"
                + CliServer.USER
                + "@"
                + place
                + "/seeded, is that of production, postgresql://reader@"
                + place
                + "/orders, or a copy of its files",
            "name a server of its own with --against, or none: production is only read");
  }

  @Test
  void theSameServerUnderAnotherNameIsProductionToo(@TempDir Path folder) throws IOException {
    Cli run =
        Cli.run(
            project(folder)
                .with(
                    "--source",
                    url("reader", "orders"),
                    "--against",
                    url(CliServer.USER, "seeded").replace("127.0.0.1", "localhost")));
    assertEquals(2, run.code(), run.printed());
    assertTrue(run.err().contains("is that of production"), run.err());
    assertEquals(
        List.of(),
        server.query(
            "SELECT datname FROM pg_database WHERE datname LIKE 'preflight\\_%'"
                + " AND datname <> current_database()"));
  }

  @Test
  void pgDumpGetsThePasswordByAFileAndNothingElse(@TempDir Path folder) throws IOException {
    Path seen = folder.resolve("seen");
    Path programs = Files.createDirectory(folder.resolve("bin"));
    // The server's own user must find its programs here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    script(
        programs.resolve("pg_dump"),
        "if [ \"$1\" != --version ]; then for a; do echo \"$a\"; done >> "
            + seen
            + "; env >> "
            + seen
            + "; stat -c %a \"$PGPASSFILE\" >> "
            + seen
            + "; fi\nexec "
            + BINARIES
            + "/pg_dump \"$@\"");
    for (String program : List.of("initdb", "postgres")) {
      script(programs.resolve(program), "exec " + BINARIES + "/" + program + " \"$@\"");
    }
    Cli run =
        Cli.runIn(
            Map.of("PGPASSWORD", "other", "PATH", "/usr/bin:/bin"),
            project(folder)
                .with("--source", url("reader", "orders"), "--postgres-bin", programs.toString()));
    assertEquals(1, run.code(), run.printed());
    String all = Files.readString(seen);
    assertFalse(all.contains("hunter"), all);
    assertFalse(all.contains("other"), all);
    assertTrue(all.contains("\n600\n"), all);
    assertTrue(
        all.startsWith("--schema-only\n--no-subscriptions\n--no-tablespaces\n--lock-wait-timeout="),
        all);
    assertTrue(all.contains("\nPGOPTIONS=-c default_transaction_read_only=on\n"), all);
    assertEquals(1, all.lines().filter(line -> line.startsWith("--snapshot=")).count(), all);
    String file = all.lines().filter(l -> l.startsWith("PGPASSFILE=")).findFirst().orElseThrow();
    assertFalse(Files.exists(Path.of(file.substring("PGPASSFILE=".length()))), file);
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private interface Action {
    void run() throws IOException;
  }

  /** The statements of the user that reads, while this is done. */
  private List<String> logged(Action action) throws IOException {
    Path log = Path.of(server.query("SHOW data_directory").getFirst()).resolveSibling("server.log");
    try (Session session = server.connect("seeded")) {
      session.run("ALTER ROLE reader SET log_statement = 'all'");
    }
    long size = Files.size(log);
    try {
      action.run();
    } finally {
      try (Session session = server.connect("seeded")) {
        session.run("ALTER ROLE reader RESET log_statement");
      }
    }
    String text = new String(Files.readAllBytes(log), UTF_8).substring((int) size);
    return Pattern.compile(
            "LOG:  (?:statement|execute [^:]*): (.*?)(?=\n[0-9]{4}-|\\z)", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(found -> found.group(1).strip())
        .toList();
  }
}
