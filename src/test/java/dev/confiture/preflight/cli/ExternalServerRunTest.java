package dev.confiture.preflight.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confiture.preflight.session.Session;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs as a whole on an external server, by a user whose password needs every escape. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExternalServerRunTest {

  private static final String PASSWORD = "hunter 2@home/?#%:'\\&=ü";
  private static final String ENCODED = URLEncoder.encode(PASSWORD, UTF_8).replace("+", "%20");

  private final CliServer server = CliServer.start(PASSWORD);
  private final String place = "127.0.0.1:" + server.port();
  private final String url =
      "postgresql://" + CliServer.USER + ":" + ENCODED + "@" + place + "/seeded";
  private final String shown = "postgresql://" + CliServer.USER + "@" + place + "/seeded";

  @AfterAll
  void stop() {
    server.close();
  }

  List<String> forms() {
    String[] hostAndPort = place.split(":", -1);
    return List.of(
        url,
        url.replace("postgresql://", "postgres://"),
        "postgresql://" + place + "/seeded?user=" + CliServer.USER + "&password=" + ENCODED,
        "jdbc:postgresql://" + place + "/seeded?user=" + CliServer.USER + "&password=" + ENCODED,
        "host="
            + hostAndPort[0]
            + " port = "
            + hostAndPort[1]
            + " user="
            + CliServer.USER
            + " dbname='seeded' password='"
            + PASSWORD.replace("\\", "\\\\").replace("'", "\\'")
            + "'");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void thePasswordOpensTheServerAndIsPrintedNowhere(String form, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("report.json");
    Project project =
        Project.in(folder)
            .migration("1_a.sql", "CREATE TABLE a (id int);")
            .migration("2_b.sql", "ALTER TABLE nowhere ADD b int;");
    Cli run = Cli.run(project.with("--against", form, "-f", "json", "-o", file.toString()));
    assertEquals(1, run.code(), run.printed());
    JsonNode against = Cli.json(Files.readString(file)).path("against");
    assertEquals(shown, against.path("against_url").asText());
    assertEquals(1, against.path("passed").asInt());
    assertEquals(1, against.path("failed").asInt());
    for (String text : List.of(run.printed(), Files.readString(file))) {
      assertFalse(text.contains("hunter"), text);
      assertFalse(text.contains("home"), text);
    }
  }

  @Test
  void aWrongPasswordIsAProblemThatShowsNeither(@TempDir Path folder) throws IOException {
    Project project = Project.in(folder).migration("1_a.sql", "SELECT 1;");
    Cli run =
        Cli.run(
            project.with(
                "-f", "json", "--stacktrace", "--against", url.replace("hunter", "gatherer")));
    assertEquals(2, run.code());
    assertTrue(
        run.json()
            .path("error")
            .path("message")
            .asText()
            .startsWith("connecting to " + shown + ": "),
        run.out());
    assertFalse(run.printed().contains("gatherer"), run.printed());
    assertFalse(run.printed().contains(ENCODED.substring(6)), run.printed());
  }

  @Test
  void aRunAfterWhichTheServerIsNotAsItWasIsNoPass(@TempDir Path folder) throws IOException {
    try (Session admin = server.connect("seeded")) {
      admin.run("CREATE ROLE dev LOGIN CREATEDB PASSWORD 'dev'");
      admin.run("CREATE DATABASE devs OWNER dev");
      admin.run("CREATE DATABASE other OWNER dev");
    }
    Project project =
        Project.in(folder)
            .migration("1_own.sql", "CREATE TABLE a (id int);")
            .migration("2_other.sql", "ALTER DATABASE other SET search_path = evil;");
    Cli run =
        Cli.run(project.with("--against", "postgresql://dev:dev@" + place + "/devs", "-f", "json"));
    assertEquals(2, run.code(), run.printed());
    JsonNode against = run.json().path("against");
    assertEquals("error", against.path("verdict").asText());
    assertFalse(against.path("all_passed").asBoolean());
    assertEquals(2, against.path("passed").asInt());
    assertTrue(
        against
            .path("remains")
            .path(0)
            .asText()
            .startsWith("setting search_path in database other"),
        run.out());
    try (Session admin = server.connect("seeded")) {
      admin.run("DROP DATABASE devs");
      admin.run("DROP DATABASE other");
      admin.run("DROP ROLE dev");
    }
  }

  @Test
  void thePasswordMayStandInTheEnvironment(@TempDir Path folder) throws IOException {
    Project project = Project.in(folder).migration("1_a.sql", "SELECT 1;");
    String bare = "postgresql://" + place + "/seeded";
    Cli run =
        Cli.runIn(
            Map.of("PGUSER", CliServer.USER, "PGPASSWORD", PASSWORD),
            project.with("-f", "json", "--against", bare));
    assertEquals(0, run.code(), run.printed());
    assertEquals(shown, run.json().path("against").path("against_url").asText());
    assertFalse(run.printed().contains("hunter"), run.printed());
  }

  @Test
  void withNothingPendingTheServerIsNamedAllTheSame(@TempDir Path folder) throws IOException {
    Project project = Project.in(folder).migration("1_a.sql", "SELECT 1;");
    Cli run = Cli.run(project.with("--against", url, "--since", "2", "-f", "json"));
    JsonNode against = run.json().path("against");
    assertEquals(shown, against.path("against_url").asText());
    assertTrue(against.path("all_passed").asBoolean());
    assertEquals("passed", against.path("verdict").asText());
    assertEquals(0, against.path("total").asInt());
    assertTrue(against.path("server_version").isNull());
    assertEquals("no migration is pending: nothing was checked", note(against));
    assertEquals(
        "nothing was checked: no file has version 2 or a later one: the last is 1_a.sql",
        against.path("warnings").path(0).asText());
    assertEquals(0, run.code());
  }

  @Test
  void nothingIsPendingWhereAllIsInTheTrackingTable(@TempDir Path folder) throws IOException {
    Project project =
        Project.in(folder)
            .migration("1_a.up.sql", "SELECT 1;")
            .migration("1_a.down.sql", "SELECT 1;");
    Files.writeString(
        project.schema(),
        "CREATE TABLE tb_confiture (version text); INSERT INTO tb_confiture VALUES ('1');");
    Cli run = Cli.run(project.seededBy("--against", url, "--format=json"));
    JsonNode against = run.json().path("against");
    assertEquals(shown, against.path("against_url").asText());
    assertEquals("no migration is pending: nothing was checked", note(against));
    assertEquals(
        "1 applied (public.tb_confiture)", against.path("pending").path("selected_by").asText());
    assertEquals(0, run.code());
  }

  @Test
  void sinceWinsOverAppliedFrom(@TempDir Path folder) throws IOException {
    Path applied = Files.writeString(folder.resolve("applied.txt"), "1\n2\n3\n");
    Project project =
        Project.in(folder)
            .migration("1_a.sql", "SELECT 1;")
            .migration("2_b.sql", "SELECT 1;")
            .migration("3_c.sql", "SELECT 1;");
    Cli run =
        Cli.run(
            project.with(
                "--against",
                url,
                "--applied-from",
                applied.toString(),
                "--since",
                "2",
                "-f",
                "json"));
    JsonNode pending = run.json().path("against").path("pending");
    assertEquals("since 2", pending.path("selected_by").asText());
    assertEquals(Cli.json("[\"2\", \"3\"]"), pending.path("versions"));
    assertEquals(0, run.code());
  }

  @Test
  void withoutItTheListTellsWhatIsPending(@TempDir Path folder) throws IOException {
    Path applied = Files.writeString(folder.resolve("applied.txt"), "1 # by hand\n");
    Project project =
        Project.in(folder)
            .migration("1_a.sql", "this is not SQL")
            .migration("2_b.sql", "SELECT 1;");
    Cli run =
        Cli.run(
            project.seededBy(
                "--against", url, "--applied-from", applied.toString(), "--format", "json"));
    JsonNode pending = run.json().path("against").path("pending");
    assertEquals(Cli.json("[\"2\"]"), pending.path("versions"));
    assertEquals(2, pending.path("files").asInt());
    assertEquals("", run.complaints());
    assertEquals(0, run.code());
  }

  @ParameterizedTest(name = "an unverified run with --fail-on {0} ends with {1}")
  @CsvSource({"failed, 0", "UNVERIFIED, 1", "never, 0"})
  void theLineBetweenNoughtAndOneCanBeMoved(String failOn, int code, @TempDir Path folder)
      throws IOException {
    Project project = Project.in(folder).migration("1_a.sql", "\\i other.sql\n");
    Cli run = Cli.run(project.with("--against", url, "-f", "json", "--fail-on", failOn));
    assertEquals("unverified", run.json().path("against").path("verdict").asText());
    assertFalse(run.json().path("against").path("all_passed").asBoolean());
    assertEquals(code, run.code());
  }

  @Test
  void whateverIsPassedOverAFailureIsAFailure(@TempDir Path folder) throws IOException {
    Project project = Project.in(folder).migration("1_a.sql", "SELEKT 1;");
    Files.createSymbolicLink(project.migrations().resolve("2_b.sql"), folder.resolve("nothing"));
    Cli run = Cli.run(project.with("--against", url, "-f", "json", "--fail-on=never"));
    JsonNode against = run.json().path("against");
    assertEquals(0, run.code());
    assertEquals("failed", against.path("verdict").asText());
    assertEquals(2, against.path("failed").asInt());
    assertEquals(
        project.migrations().resolve("2_b.sql")
            + ":1:1: ERROR: the file cannot be read: it is a link to nothing",
        against.path("migrations").path(1).path("error").asText());
  }

  @Test
  void aTableGoesToStdoutAndNothingToStderr(@TempDir Path folder) throws IOException {
    Project project =
        Project.in(folder).migration("1_a.sql", "ALTER TABLE users ALTER nickname SET NOT NULL;");
    Cli run = Cli.run(project.seededBy("--against", url));
    assertEquals(1, run.code());
    assertEquals("", run.complaints());
    assertFalse(run.out().contains("\u001b"), run.out());
    assertTrue(
        run.out()
            .contains(
                """
                ✗ %s:1:25
                  ERROR 42703: column "nickname" of relation "users" does not exist
                """
                    .formatted(project.migrations().resolve("1_a.sql"))),
        run.out());
  }

  @Test
  void coloursAreUsedWhereTheyAreAskedForButNotInAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.txt");
    Project project = Project.in(folder).migration("1_a.sql", "SELECT 1;");
    Cli run = Cli.run(project.with("--against", url, "--color", "ALWAYS", "--output=" + file));
    assertTrue(run.out().contains("\u001b[32mPASS"), run.out());
    assertTrue(Files.readString(file).contains("PASS  1 passed of 1 pending"));
    assertFalse(Files.readString(file).contains("\u001b"));
    assertEquals(0, run.code());
  }

  private static String note(JsonNode against) {
    return against.path("notes").path(0).asText();
  }
}
