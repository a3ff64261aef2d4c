package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with a configuration of confiture's, whose database tells what is applied. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConfigurationRunTest {

  private static final String PASSWORD = "hunter2hunter2";

  /** printf 'SELECT 1;' | sha256sum. */
  private static final String SELECT_1 =
      "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a";

  private static final String NO_SERVER = "postgresql://app@127.0.0.1:1/db";

  private final CliServer server = CliServer.start(PASSWORD);
  private int databases;
  private String database = "";
  private Project project = new Project(Path.of(""));

  @AfterAll
  void stop() {
    server.close();
  }

  /** Three migrations, and a database in use whose ledger is still empty. */
  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    project =
        Project.in(folder)
            .confiture("001_a", "SELECT 1;")
            .confiture("002_b", "SELECT 1;")
            .confiture("003_c", "SELECT 1;");
    database = "d" + ++databases;
    server.query("CREATE DATABASE " + database + " TEMPLATE template0 OWNER " + CliServer.USER);
    run("CREATE TABLE users (id int)", "CREATE TABLE tb_confiture (version text, checksum text)");
    project.config("database_url: " + url(database) + "\n");
  }

  @Test
  void whatTheTableDoesNotHoldIsPendingAndTheReportSaysWhereThatIsFrom() throws IOException {
    applied("001");
    Cli run = rehearse();
    JsonNode pending = pending(run);
    assertEquals(Cli.json("[\"002\", \"003\"]"), pending.path("versions"));
    assertEquals(
        "1 applied (public.tb_confiture by " + config() + ")",
        pending.path("selected_by").asText());
    assertEquals(
        Cli.json("{\"name\": \"public.tb_confiture\", \"from\": \"config\"}"),
        pending.path("tracking_table"));
    assertEquals(0, run.code());
  }

  @Test
  void appliedWithoutFileAndOutOfOrderAreFindings() throws IOException {
    applied("000", "002");
    Cli run = rehearse();
    assertEquals(Cli.json("[\"001\", \"003\"]"), pending(run).path("versions"));
    assertEquals(Cli.json("[\"000\"]"), pending(run).path("applied_without_file"));
    assertEquals(Cli.json("[\"001\"]"), pending(run).path("out_of_order"));
    assertTrue(run.json().path("static").path("safe_to_deploy").asBoolean());
    String table = Cli.run(arguments()).out();
    assertTrue(table.contains("note: applied, but without a file: 000\n"), table);
    assertTrue(
        table.contains("note: pending, but older than the newest applied one: 001\n"), table);
  }

  @Test
  void anAppliedFileThatChangedIsAFindingAndNotSafe() throws IOException {
    run(
        "INSERT INTO tb_confiture VALUES ('001', '" + SELECT_1 + "'), ('002', '0123456789abcdef')",
        "INSERT INTO tb_confiture VALUES ('003', NULL)");
    Cli run = Cli.run(arguments("-f", "json"));
    assertEquals(
        Cli.json("[\"002_b: expected 0123456789ab..., got 17db4fd369ed...\"]"),
        pending(run).path("changed_checksums"));
    JsonNode check = run.json().path("static");
    assertTrue(check.path("checksum_verified").asBoolean());
    assertTrue(check.path("has_checksum_mismatches").asBoolean());
    assertFalse(check.path("safe_to_deploy").asBoolean());
    String table = Cli.run(arguments()).out();
    assertTrue(
        table.contains(
            "note: 1 checksum mismatch: 002_b: expected 0123456789ab..., got 17db4fd369ed...\n"),
        table);
  }

  @Test
  void unchangedFilesAreVerifiedAndSafe() throws IOException {
    run("INSERT INTO tb_confiture VALUES ('001', '" + SELECT_1 + "')");
    Cli run = rehearse();
    assertEquals(Cli.json("[]"), pending(run).path("changed_checksums"));
    assertTrue(run.json().path("static").path("checksum_verified").asBoolean());
    assertTrue(run.json().path("static").path("safe_to_deploy").asBoolean());
  }

  @Test
  void withNothingPendingNoServerIsAskedOrStarted() throws IOException {
    applied("001", "002", "003");
    Cli against = Cli.run(arguments("-f", "json", "--against", NO_SERVER));
    assertEquals(
        "no migration is pending: nothing was checked",
        against.json().path("against").path("notes").path(0).asText());
    assertEquals("passed", against.json().path("against").path("verdict").asText());
    assertEquals(0, against.code());
    Cli embedded =
        Cli.run(
            with(
                project.seededBy(),
                "-c",
                config().toString(),
                "--postgres-bin",
                project.folder().toString()));
    assertTrue(
        embedded.out().endsWith("PASS  no migration is pending: nothing was checked\n"),
        embedded.out());
    assertEquals(0, embedded.code());
  }

  @Test
  void anEmptyTableOfADatabaseInUseHasAKindOfItsOwn() throws IOException {
    JsonNode error = refused();
    assertEquals("tracking_table_empty", error.path("kind").asText());
    assertEquals(
        "the ledger public.tb_confiture of "
            + shown()
            + " ("
            + config()
            + ") is empty, but the database is in use: it has public.users",
        error.path("message").asText());
  }

  @Test
  void anEmptyTableOfAnEmptyDatabaseMeansThatAllIsPending() throws IOException {
    run("DROP TABLE users");
    assertEquals(3, pending(rehearse()).path("versions").size());
  }

  @Test
  void aTableThatIsNotThereHasAKindOfItsOwn() throws IOException {
    run("DROP TABLE tb_confiture");
    JsonNode error = refused();
    assertEquals("tracking_table_absent", error.path("kind").asText());
    assertEquals(
        "there is no ledger tb_confiture in " + shown() + " (" + config() + ")",
        error.path("message").asText());
  }

  @Test
  void aDatabaseThatCannotBeReachedEndsWithTwo() throws IOException {
    project.config("database_url: " + url("nowhere") + "\n");
    JsonNode error = refused();
    assertEquals("source", error.path("kind").asText());
    assertTrue(
        error.path("message").asText().endsWith(": database \"nowhere\" does not exist"),
        error.toString());
  }

  @Test
  void aConfigurationThatCannotBeReadIsAWrongCall() throws IOException {
    project.config("database_url: 'postgresql://\n");
    JsonNode error = refused();
    assertEquals("usage", error.path("kind").asText());
    assertTrue(error.path("message").asText().startsWith(config() + ":2:1: "), error.toString());
  }

  @Test
  void aListOfAppliedVersionsWinsOverTheConfiguration() throws IOException {
    Path list = Files.writeString(project.folder().resolve("applied.txt"), "001\n002\n");
    applied("001");
    Cli run = rehearse("--applied-from", list.toString());
    assertEquals(Cli.json("[\"003\"]"), pending(run).path("versions"));
    assertEquals("2 applied (" + list + ")", pending(run).path("selected_by").asText());
    assertEquals("config", pending(run).path("tracking_table").path("from").asText());
  }

  @Test
  void whereAListTellsAnEmptyTableIsNoProblem() throws IOException {
    Path list = Files.writeString(project.folder().resolve("applied.txt"), "001\n002\n");
    Cli run = rehearse("--applied-from", list.toString());
    assertEquals(Cli.json("[\"003\"]"), pending(run).path("versions"));
    assertEquals(0, run.code());
  }

  @Test
  void theRowsOfTheSchemaAreHeldAgainstThoseOfTheConfiguration() throws IOException {
    applied("001", "002");
    Files.writeString(
        project.schema(),
        "CREATE TABLE public.tb_confiture (version text);"
            + " INSERT INTO public.tb_confiture VALUES ('001'), ('007');");
    Cli run = Cli.run(with(project.seededBy("-f", "json"), "-c", "" + config()));
    assertEquals(Cli.json("[\"003\"]"), pending(run).path("versions"));
    assertEquals(Cli.json("[\"002\"]"), pending(run).path("applied_not_in_schema"));
    assertEquals(Cli.json("[\"007\"]"), pending(run).path("in_schema_not_applied"));
    String table = Cli.run(with(project.seededBy(), "-c", "" + config())).out();
    assertTrue(
        table.contains("note: applied, but not in the schema's own public.tb_confiture: 002\n"),
        table);
    assertTrue(
        table.contains("note: in the schema's own public.tb_confiture, but not applied: 007\n"),
        table);
  }

  @Test
  void aSchemaWithoutRowsTellsNothingElse() throws IOException {
    applied("001", "002");
    Files.writeString(project.schema(), ledgerIn("public"));
    Cli run = Cli.run(with(project.seededBy("-f", "json"), "-c", "" + config()));
    assertEquals(Cli.json("[]"), pending(run).path("applied_not_in_schema"));
    assertEquals(1, run.json().path("against").path("passed").asInt(), run.out());
  }

  /** As the tool itself records: a name with its schema needs no search_path. */
  @ParameterizedTest
  @ValueSource(strings = {"public.tb_confiture", "tb_confiture"})
  void theRecordIsWrittenUnderTheNameThatIsConfigured(String name) throws IOException {
    applied("001", "002");
    project.confiture("003_c", "SET search_path TO pg_catalog;");
    Files.writeString(project.schema(), ledgerIn("public"));
    project.config(
        "database_url: " + url(database) + "\nmigration: {tracking_table: " + name + "}\n");
    Cli run = Cli.run(with(project.seededBy("-f", "json"), "-c", "" + config()));
    JsonNode migration = run.json().path("against").path("migrations").path(0);
    assertEquals(
        name.contains(".") ? "passed" : "failed", migration.path("outcome").asText(), run.out());
    assertEquals(
        name.contains(".") ? "null" : "42P01", migration.path("sqlstate").asText(), run.out());
  }

  @Test
  void theOwnerOfTheConfiguredTableMigrates() throws IOException {
    run(
        "CREATE SCHEMA ops",
        "CREATE TABLE ops.applied (version text)",
        "INSERT INTO ops.applied VALUES ('001'), ('002')");
    Files.writeString(
        project.schema(),
        """
        CREATE SCHEMA ops;
        CREATE TABLE ops.applied (version text);
        ALTER TABLE ops.applied OWNER TO deployer;
        CREATE TABLE public.users (id int);
        ALTER TABLE public.users OWNER TO somebody;
        CREATE TABLE public.tb_confiture (version text);
        ALTER TABLE public.tb_confiture OWNER TO somebody;
        """);
    project.config(
        "database_url: " + url(database) + "\nmigration: {tracking_table: ops.applied}\n");
    Cli run = Cli.run(with(project.seededBy("-f", "json"), "-c", "" + config()));
    JsonNode against = run.json().path("against");
    assertEquals("deployer", against.path("run_as").asText());
    assertEquals("owner of ops.applied", against.path("run_as_reason").asText());
  }

  @Test
  void whereTheSchemaTellsThatIsSaidToo() throws IOException {
    Files.writeString(
        project.schema(),
        ledgerIn("public") + "INSERT INTO tb_confiture (version) VALUES ('001');");
    Cli seeded = Cli.run(project.seededBy("-f", "json", "--against", url("seeded")));
    assertEquals("schema", pending(seeded).path("tracking_table").path("from").asText());
    applied("001");
    Cli named = Cli.run(project.with("-f", "json", "--against", url(database)));
    assertEquals(
        Cli.json("{\"name\": \"public.tb_confiture\", \"from\": \"against\"}"),
        pending(named).path("tracking_table"));
    Cli none = Cli.run(project.with("-f", "json", "--against", url("seeded")));
    assertTrue(pending(none).path("tracking_table").isNull(), none.out());
  }

  @Test
  void theTableServesPlainFilesTooByTheirNumbers() throws IOException {
    try (Stream<Path> files = Files.list(project.migrations())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    project.migration("1_a.sql", "SELECT 1;").migration("2_b.sql", "SELECT 1;");
    run("INSERT INTO tb_confiture VALUES ('001', '0123456789abcdef')");
    Cli run = rehearse();
    assertEquals(Cli.json("[\"2\"]"), pending(run).path("versions"));
    assertEquals(
        Cli.json("[\"1_a: expected 0123456789ab..., got 17db4fd369ed...\"]"),
        pending(run).path("changed_checksums"));
    assertEquals(
        "the files are plain ones, of which confiture itself deploys none: what is applied is told"
            + " by "
            + config()
            + " all the same",
        run.json().path("against").path("notes").path(0).asText());
    assertEquals(0, run.code());
  }

  @Test
  void thePasswordMayBeAVariableAndIsPrintedNowhere() throws IOException {
    project.config(
        "database_url: postgresql://"
            + CliServer.USER
            + ":${DB_PASSWORD}@127.0.0.1:"
            + server.port()
            + "/"
            + database
            + "\n");
    applied("001", "002", "003");
    String[] arguments = arguments("-f", "json", "--stacktrace");
    Cli right = Cli.runIn(Map.of("DB_PASSWORD", PASSWORD), arguments);
    assertEquals(0, right.code(), right.printed());
    for (String wrong :
        List.of("gatherer", "gath@erer", "gath/erer?x", "%gatherer", "a:gatherer")) {
      Cli run = Cli.runIn(Map.of("DB_PASSWORD", wrong), arguments);
      assertEquals(2, run.code());
      assertFalse(run.printed().contains("erer"), run.printed());
      assertFalse(run.printed().contains("gath"), run.printed());
    }
    Cli unset = Cli.run(arguments);
    assertTrue(
        unset.err().contains("needs the environment variable DB_PASSWORD, which is not set"),
        unset.err());
    assertFalse(right.printed().contains("hunter"), right.printed());
  }

  @Test
  void anEnvironmentIsAFileBelowTheWorkingDirectory() {
    Cli.run(project.with("--env", "nowhere", "--against", NO_SERVER))
        .assertRefused(
            "the configuration db/environments/nowhere.yaml does not exist", "check the path");
  }

  @Test
  void aNameThatLeadsElsewhereIsNoEnvironment() {
    Cli.run(project.with("--env", "../production", "--against", NO_SERVER))
        .assertRefused(
            "--env ../production is not the name of an environment",
            "it starts with a letter or a digit, and holds only letters, digits, - and _");
  }

  @Test
  void anEnvironmentAndAFileAreOneTooMany() {
    Cli.run(arguments("--env", "production", "--against", NO_SERVER))
        .assertRefused(
            "--config and --env both name a configuration",
            "give one of them: --env is the shorter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config", "--env"})
  void aVersionToBeginWithAndAConfigurationAreOneTooMany(String option) {
    Cli.run(project.with(option, "production", "--since", "001", "--against", NO_SERVER))
        .assertRefused(
            "--since and a configuration (--config, --env) both tell what is pending",
            "give one of them");
  }

  @Test
  void aConfigurationWithoutASchemaToRehearseOnIsRefused() {
    Cli run = Cli.run(project.with("--config", config().toString()));
    assertTrue(
        run.err().startsWith("preflight: no schema to rehearse on, for --config\n"), run.err());
    assertEquals(2, run.code());
  }

  private void applied(String... versions) {
    for (String version : versions) {
      run("INSERT INTO tb_confiture VALUES ('" + version + "')");
    }
  }

  private void run(String... sql) {
    try (Session session = server.connect(database)) {
      for (String each : sql) {
        session.run(each);
      }
    }
  }

  private static String ledgerIn(String schema) {
    return "CREATE TABLE "
        + schema
        + ".tb_confiture (slug text, version text, name text, execution_time_ms int,"
        + " checksum text);\n";
  }

  /** On the database {@code seeded}, as JSON. */
  private Cli rehearse(String... more) throws IOException {
    Cli run = Cli.run(with(arguments("-f", "json"), more));
    assertEquals("", run.complaints());
    return run;
  }

  private JsonNode refused() throws IOException {
    Cli run = Cli.run(arguments("-f", "json"));
    assertEquals(2, run.code(), run.printed());
    assertFalse(run.printed().contains("hunter"), run.printed());
    return run.json().path("error");
  }

  private String[] arguments(String... more) {
    return with(
        project.with("-c", config().toString()),
        with(more, List.of(more).contains("--against") ? new String[0] : seeded()));
  }

  private String[] seeded() {
    return new String[] {"--against", url("seeded")};
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Path config() {
    return project.folder().resolve("confiture.yaml");
  }

  private String url(String name) {
    return "postgresql://"
        + CliServer.USER
        + ":"
        + PASSWORD
        + "@127.0.0.1:"
        + server.port()
        + "/"
        + name;
  }

  private String shown() {
    return "postgresql://" + CliServer.USER + "@127.0.0.1:" + server.port() + "/" + database;
  }

  private static JsonNode pending(Cli run) throws IOException {
    return run.json().path("against").path("pending");
  }
}
