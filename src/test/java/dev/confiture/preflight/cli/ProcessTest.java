package dev.confiture.preflight.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process: what the system hands it, and what it hands back. */
@Timeout(120)
final class ProcessTest {

  private final Path folder;

  ProcessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theVersionEndsWithNought() throws IOException, InterruptedException {
    Cli version = run("C.UTF-8", "--version");
    assertTrue(version.out().startsWith("preflight "), version.out());
    assertEquals("", version.err());
    assertEquals(0, version.code());
  }

  @Test
  void aWrongCallEndsWithTwoAndSaysSoOnStderr() throws IOException, InterruptedException {
    run("C.UTF-8", "--schema-flie", "x")
        .assertRefused("Unknown option: '--schema-flie'", "did you mean --schema-file?");
  }

  @Test
  void migrationsThatPassEndWithNought() throws IOException, InterruptedException {
    Project project = Project.in(folder).migration("1_a.sql", "CREATE TABLE a (id int);");
    Cli run = run("C.UTF-8", project.seededBy("-f", "json"));
    JsonNode against = run.json().path("against");
    assertEquals("embedded", against.path("against_url").asText());
    assertTrue(against.path("all_passed").asBoolean());
    assertEquals(0, run.code());
  }

  @Test
  void migrationsThatFailEndWithOneInTheCharactersOfTheTerminal()
      throws IOException, InterruptedException {
    Project project =
        Project.in(folder)
            .migration("1_a.sql", "CREATE TABLE a (id int);")
            .migration("2_b.sql", "ALTER TABLE nowhere ADD b int;");
    Cli run = run("C", project.seededBy());
    assertEquals(1, run.code(), run.printed());
    assertEquals(List.of(), run.out().chars().filter(c -> c > 0x7E).boxed().toList(), run.out());
    assertTrue(run.out().contains("\n  ok    1_a  passed"), run.out());
    assertTrue(run.out().contains("\n  FAIL  2_b  FAILED   42P01   line 1, col 13\n"), run.out());
    assertTrue(
        run.out().contains("\nFAIL " + project.migrations().resolve("2_b.sql") + ":1:13\n"),
        run.out());
    assertEquals("", run.complaints());
  }

  @Test
  void aSignalEndsWithTwoAndReportsWhatIsKnown() throws IOException, InterruptedException {
    Project project =
        Project.in(folder)
            .migration("1_a.sql", "CREATE TABLE a (id int);")
            .migration("2_b.sql", "SELECT pg_sleep(100);")
            .migration("3_c.sql", "CREATE TABLE c (id int);");
    Path report = folder.resolve("report.json");
    try (CliServer server = CliServer.start("hunter2")) {
      String url = "postgresql://" + CliServer.USER + ":hunter2@127.0.0.1:" + server.port();
      Process process =
          start(
              "C.UTF-8",
              project.with("--against", url + "/seeded", "-f", "json", "-o", report.toString()));
      String sleeping =
          "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(100)' AND state = 'active'";
      while (server.query(sleeping).isEmpty()) {
        assertTrue(process.isAlive(), "it ended by itself");
        Thread.sleep(20);
      }
      process.destroy();
      assertEquals(2, process.waitFor());
      assertEquals(
          List.of(),
          server.query(
              "SELECT datname FROM pg_database WHERE datname LIKE 'preflight\\_%'"
                  + " AND datname <> current_database()"));
    }
    JsonNode root = Cli.json(Files.readString(report));
    assertEquals("signal", root.path("error").path("kind").asText());
    JsonNode migrations = root.path("against").path("migrations");
    assertEquals("passed", migrations.path(0).path("outcome").asText());
    assertEquals("skipped", migrations.path(2).path("outcome").asText());
    assertEquals(
        "a signal ended the rehearsal", migrations.path(2).path("skipped_reason").asText());
  }

  @Test
  void anEnvironmentIsAFileBelowTheWorkingDirectory() throws IOException, InterruptedException {
    Project project =
        Project.in(folder).confiture("001_a", "SELECT 1;").confiture("002_b", "SELECT 1;");
    Path file = Files.createDirectories(folder.resolve("db/environments")).resolve("staging.yaml");
    try (CliServer server = CliServer.start("hunter2")) {
      String url = "postgresql://" + CliServer.USER + ":hunter2@127.0.0.1:" + server.port();
      Files.writeString(file, "database_url: " + url + "/seeded\n");
      try (Session session = server.connect("seeded")) {
        session.run("CREATE TABLE tb_confiture AS SELECT '001' AS version");
      }
      Cli run =
          run(
              "C.UTF-8",
              project.seededBy("--env", "staging", "-f", "json", "--against", url + "/seeded"));
      JsonNode pending = run.json().path("against").path("pending");
      assertEquals(Cli.json("[\"002\"]"), pending.path("versions"));
      assertEquals(
          "1 applied (public.tb_confiture by db/environments/staging.yaml)",
          pending.path("selected_by").asText());
    }
  }

  /** The driver translates its messages. */
  @ParameterizedTest
  @ValueSource(strings = {"de", "fr"})
  void aSettingThatTheDriverCannotKeepIsNoFailureInAnyLanguage(String language)
      throws IOException, InterruptedException {
    Project project =
        Project.in(folder)
            .migration(
                "1_a.sql", "DO $$ BEGIN PERFORM set_config('DateStyle', 'German', false); END $$;");
    Process process =
        start(List.of("-Duser.language=" + language), "C.UTF-8", project.seededBy("-f", "json"));
    Cli run = ended(process, UTF_8);
    JsonNode migration = run.json().path("against").path("migrations").path(0);
    assertEquals("unsupported", migration.path("source").asText(), run.printed());
    assertEquals("unverified", migration.path("outcome").asText());
  }

  private Cli run(String locale, String... arguments) throws IOException, InterruptedException {
    return ended(start(locale, arguments), locale.equals("C") ? ISO_8859_1 : UTF_8);
  }

  private Cli ended(Process process, Charset charset) throws IOException, InterruptedException {
    assertTrue(process.waitFor(100, TimeUnit.SECONDS));
    return new Cli(
        process.exitValue(),
        Files.readString(folder.resolve("stdout"), charset),
        Files.readString(folder.resolve("stderr"), charset));
  }

  private Process start(String locale, String... arguments) throws IOException {
    return start(List.of(), locale, arguments);
  }

  private Process start(List<String> forJava, String locale, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(forJava);
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(PreflightCommand.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().put("LC_ALL", locale);
    builder.redirectOutput(folder.resolve("stdout").toFile());
    builder.redirectError(folder.resolve("stderr").toFile());
    return builder.start();
  }
}
