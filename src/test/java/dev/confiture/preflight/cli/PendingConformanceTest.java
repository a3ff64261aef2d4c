package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.Options;
import dev.confiture.preflight.Preflight;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which migrations run, and where: sentences 25 to 31, 36, and 39 to 41. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PendingConformanceTest {

  private static final String PASSWORD = "hunter2hunter2";

  private final CliServer server = CliServer.start(PASSWORD);
  private final String place = "127.0.0.1:" + server.port();
  @TempDir Path folder;

  @BeforeAll
  void makeTheConfiguredDatabase() {
    server.query("CREATE DATABASE prod TEMPLATE template0 OWNER " + CliServer.USER);
    try (Session session = server.connect("prod")) {
      session.run("CREATE TABLE tb_confiture (version text)");
      session.run("INSERT INTO tb_confiture VALUES ('001'), ('003')");
      session.run("CREATE SCHEMA ops");
      session.run("CREATE TABLE ops.applied (version text)");
      session.run("INSERT INTO ops.applied VALUES ('001'), ('002')");
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void c25TheUrlInTheReportLosesItsPasswordAndKeepsItsUserName() throws IOException {
    Cli run = Cli.run(three().with("-f", "json", "--against", url("seeded")));
    assertEquals(
        "postgresql://" + CliServer.USER + "@" + place + "/seeded",
        against(run).path("against_url").asText());
    assertFalse(run.printed().contains("hunter"), run.printed());
  }

  /** Nothing is pending, so that the server need not answer. */
  @ParameterizedTest
  @CsvSource({
    "postgresql://app@localhost:5432/db",
    "postgresql://localhost:5432/db",
    "postgresql://DB.Example.com/db",
    "'postgresql://app@[::1]:5432/db'",
    "'postgresql://app@a:5432,b:5433/db'"
  })
  void c26AUrlWithoutPasswordIsReportedUnchangedWithOrWithoutUser(String url) throws IOException {
    assertEquals(url, shown(url));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://:hunter2@localhost:5432/db, postgresql://localhost:5432/db",
    "postgresql://:hunter2@[::1]/db, postgresql://[::1]/db",
    "'postgresql://:hunter2@a:5432,b/db', 'postgresql://a:5432,b/db'",
    "postgresql://localhost/db?password=hunter2, postgresql://localhost/db",
    "host=localhost dbname=db password=hunter2, postgresql://localhost/db"
  })
  void c27AUrlWithPasswordAndNoUserNameLosesThePassword(String url, String shown)
      throws IOException {
    assertEquals(shown, shown(url));
  }

  @Test
  void c28TheVersionOfAFileIsWhatStandsBeforeTheFirstUnderscore() throws IOException {
    Project project =
        Project.in(folder)
            .confiture("001_init", "SELECT 1;")
            .confiture("20260401000001_add_users", "SELECT 1;");
    Cli run = Cli.run(project.with("-f", "json", "--against", url("seeded")));
    assertEquals(List.of("001", "20260401000001"), versions(run));
    assertEquals("add_users", against(run).path("migrations").path(1).path("name").asText());
  }

  @Test
  void c29SinceIsInclusiveAndAValueAboveAllVersionsSelectsNothing() throws IOException {
    Project project = three();
    Cli inclusive =
        Cli.run(project.with("-f", "json", "--since", "002", "--against", url("seeded")));
    assertEquals(List.of("002", "003"), versions(inclusive));
    assertEquals(0, inclusive.code());
    Cli above = Cli.run(project.with("-f", "json", "--since", "004", "--against", url("seeded")));
    assertEquals(List.of(), versions(above));
    assertEquals(0, above.code());
  }

  @Test
  void c30WithoutFilterEveryFileRunsAndInitPyIsNoneOfThem() throws IOException {
    Project project = three().migration("__init__.py", "raise Exception()");
    Cli run = Cli.run(project.with("-f", "json", "--against", url("seeded")));
    assertEquals(List.of("001", "002", "003"), versions(run));
    assertEquals(0, run.code());
  }

  @Test
  void c31WithAConfigExactlyTheMigrationsMissingFromTheLedgerRun() throws IOException {
    Cli run = Cli.run(configured("", "-f", "json", "--against", url("seeded")));
    assertEquals(List.of("002"), versions(run));
    assertEquals(0, run.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema_migrations | version varchar PRIMARY KEY | ('001'), ('002')",
        "schema_migrations | version bigint, dirty boolean | (2, false)",
        "flyway_schema_history | version text, type text, success boolean | ('1', 'SQL', true),"
            + " ('2', 'SQL', true)"
      })
  void rowsOfAnotherToolsLedgerInASchemaFileTellWhatIsApplied(
      String table, String columns, String rows) throws IOException {
    Project project =
        Project.in(folder)
            .migration("001_a.sql", "SELEC 1;")
            .migration("002_b.sql", "SELEC 2;")
            .migration("003_c.sql", "ALTER TABLE users ADD COLUMN x int;");
    Files.writeString(
        project.schema(),
        "CREATE TABLE users (id int); CREATE TABLE "
            + table
            + " ("
            + columns
            + ");\nINSERT INTO "
            + table
            + " VALUES "
            + rows
            + ";\n");
    Cli run = Cli.run(project.seededBy("-f", "json"));
    assertEquals(List.of("003"), versions(run), run.printed());
    assertEquals(0, run.code());
    assertEquals(
        "public." + table,
        against(run).path("pending").path("tracking_table").path("name").asText());
  }

  @Test
  void c36ADatabaseThatCannotBeReachedEndsWith2() throws IOException {
    Cli run = Cli.run(three().with("--against", "postgresql://app@127.0.0.1:1/db"));
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("preflight: connecting to postgresql://app@127.0.0.1:1/db: "));
    assertEquals("", run.out());
  }

  @Test
  void c39TheUrlIsUsedForExecutionEvenWhenAConfigNamesAnotherDatabase() throws IOException {
    Project project =
        Project.in(folder)
            .confiture("002_where_am_i", "SELECT 1 / (current_database() <> 'prod')::int;")
            .confiture("004_only_there", "CREATE TABLE made_by_the_rehearsal (id int);");
    Path config = project.config("database_url: " + url("prod"));
    Cli run =
        Cli.run(
            project.with("-f", "json", "--config", config.toString(), "--against", url("seeded")));
    assertEquals(0, run.code(), run.printed());
    assertEquals(2, against(run).path("passed").asInt());
    assertEquals(
        "postgresql://" + CliServer.USER + "@" + place + "/seeded",
        against(run).path("against_url").asText());
    try (Session session = server.connect("prod")) {
      assertEquals(
          0,
          session
              .query("SELECT count(*) FROM pg_class WHERE relname = 'made_by_the_rehearsal'")
              .getFirst()
              .number(0));
      assertEquals(2, session.query("SELECT count(*) FROM tb_confiture").getFirst().number(0));
    }
  }

  @Test
  void c40ALedgerNameGivenByTheUserIsUsedOtherwiseTbConfiture() throws IOException {
    String named = "migration: {tracking_table: ops.applied}";
    Cli given = Cli.run(configured(named, "-f", "json", "--against", url("seeded")));
    assertEquals(List.of("003"), versions(given));
    assertEquals(
        Cli.json("{\"name\": \"ops.applied\", \"from\": \"config\"}"),
        against(given).path("pending").path("tracking_table"));
  }

  @Test
  void c41WithNeitherSchemaNorUrlTheLibraryCallIsRefused() throws IOException {
    Options options = Options.of(three().migrations());
    UsageProblem problem = assertThrows(UsageProblem.class, () -> Preflight.rehearse(options));
    assertEquals(
        "no schema to rehearse on: neither a schema file nor a server is named", problem.text());
  }

  private Project three() throws IOException {
    return Project.in(folder)
        .confiture("001_a", "SELECT 1;")
        .confiture("002_b", "SELECT 1;")
        .confiture("003_c", "SELECT 1;");
  }

  /** The same with a configuration of the database {@code prod}. */
  private String[] configured(String rest, String... more) throws IOException {
    Project project = three();
    Path config = project.config("database_url: " + url("prod") + "\n" + rest + "\n");
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    arguments.addAll(List.of(more));
    return project.with(arguments.toArray(String[]::new));
  }

  private String shown(String url) throws IOException {
    Cli run = Cli.run(three().with("-f", "json", "--since", "9", "--against", url));
    assertEquals(0, run.code(), run.printed());
    assertFalse(run.printed().contains("hunter"), run.printed());
    return against(run).path("against_url").asText();
  }

  private String url(String database) {
    return "postgresql://" + CliServer.USER + ":" + PASSWORD + "@" + place + "/" + database;
  }

  private static JsonNode against(Cli run) throws IOException {
    return run.json().path("against");
  }

  private static List<String> versions(Cli run) throws IOException {
    List<String> versions = new ArrayList<>();
    against(run).path("migrations").forEach(each -> versions.add(each.path("version").asText()));
    return versions;
  }
}
