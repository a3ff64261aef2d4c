package dev.confiture.preflight.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No complaint holds a password, however the connection is written and whatever is wrong. */
final class NoPasswordInErrorsTest {

  /** A part of every password here that no message has any reason to hold. */
  private static final String SECRET = "hunter";

  static final List<String> WRITTEN =
      List.of(
          "postgresql://app:hunter2@127.0.0.1:1/db",
          "postgres://app:hunter@127.0.0.1:1/db",
          "POSTGRESQL://app:hunter2hunter2@127.0.0.1:1/db",
          "postgresql://app:hunter%40home%2Fa%3Fb%25@127.0.0.1:1/db",
          "postgresql://app:hunter@home@127.0.0.1:1/db",
          "postgresql://app:hunter/home@127.0.0.1:1/db",
          "postgresql://app:hunter?home@127.0.0.1:1/db",
          "postgresql://app:a?hunter=1@127.0.0.1:1/db",
          "postgresql://app:hunter#home@127.0.0.1:1/db",
          "postgresql://:hunter2@127.0.0.1:1/db",
          "postgresql://127.0.0.1:1/db?user=app&password=hunter2hunter2",
          "postgresql://127.0.0.1:1/db?password=hunter%26home%3D1&user=app",
          "postgresql://app@127.0.0.1:1/db?sslpassword=hunter2hunter2",
          "postgresql://app:hunter2@127.0.0.1:1,127.0.0.1:2/db",
          "jdbc:postgresql://127.0.0.1:1/db?user=app&password=hunter2",
          "host=127.0.0.1 port=1 user=app password=hunter2 dbname=db",
          "host=127.0.0.1 port=1 user=app password='hunter 2 \\' \\\\ home' dbname=db",
          "password = hunter2hunter2 host = 127.0.0.1 port = 1 user=app",
          // Nothing that can be used.
          "postgresql://app:hunter2",
          "postgresql://app:hunter2:1/db",
          "postgresql://app:hunter%zz@127.0.0.1:1/db",
          "postgresql://app:hunter2@127.0.0.1:port/db",
          "postgresql://app:hunter2@127.0.0.1:99999/db",
          "postgresql://app:hunter2@127.0.0.1:1/db?sslmode",
          "postgresql://app:hunter2@127.0.0.1:1/db?color=red",
          "postgresql://app:hunter2@127.0.0.1:1/db?target_session_attrs=best",
          "postgresql://app:hunter2@%2Fvar%2Frun/db",
          "mysql://app:hunter2@127.0.0.1:1/db",
          "app:hunter2@127.0.0.1:1/db",
          "host=127.0.0.1 password='hunter2",
          "host=127.0.0.1 password hunter2",
          "host=127.0.0.1 port=hunter2 user=app");

  private final Project project;

  NoPasswordInErrorsTest(@TempDir Path folder) throws IOException {
    this.project = Project.in(folder).migration("1_a.sql", "SELECT 1;");
  }

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void whereAConnectionBelongs(String url) throws IOException {
    Path file = project.folder().resolve("report.json");
    for (String format : List.of("table", "json")) {
      assertHidden(
          Cli.run(
              project.with("-f", format, "-o", file.toString(), "--stacktrace", "--against", url)));
      assertFalse(Files.exists(file) && holdsSecret(Files.readString(file)));
    }
  }

  @ParameterizedTest
  @MethodSource("misplaced")
  void whereNoneBelongs(String url, List<String> arguments) {
    assertHidden(Cli.run(arguments.toArray(String[]::new)));
  }

  static List<Arguments> misplaced() {
    List<Arguments> all = new ArrayList<>();
    for (String url : WRITTEN) {
      // Text that is no connection by any sign is an argument like any other.
      if (url.contains("://") || (url.contains("password") && url.contains("="))) {
        for (List<String> arguments :
            List.of(
                List.of(url),
                List.of("run", url),
                List.of("run", "-f", "json", url, url),
                List.of("--agianst", url),
                List.of("--agianst=" + url),
                List.of("--schema-file", url),
                List.of("--migrations-dir=" + url),
                List.of("--output", url),
                List.of("--since", "1", "--convention", url),
                List.of("--config", url, "--against", "postgresql://127.0.0.1:1/db"),
                List.of("--env", url, "--against", "postgresql://127.0.0.1:1/db"),
                List.of("--format", url),
                List.of("--isolation", url),
                List.of("--time-limit", url),
                List.of("--against", url, "--against", url))) {
          all.add(Arguments.of(url, arguments));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void inAConfiguration(String url) throws IOException {
    for (String written : List.of("'" + url.replace("'", "''") + "'", "${URL}")) {
      Path config = project.config("database_url: " + written + "\n");
      for (String format : List.of("table", "json")) {
        Cli run =
            Cli.runIn(
                Map.of("URL", url),
                project.with(
                    "-f",
                    format,
                    "--stacktrace",
                    "-c",
                    config.toString(),
                    "--against",
                    "postgresql://127.0.0.1:1/db"));
        assertHidden(run);
        assertTrue(run.err().contains(config.toString()), run.err());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("environments")
  void inTheEnvironment(Map<String, String> environment) {
    assertHidden(
        Cli.runIn(
            environment,
            project.with("--stacktrace", "--against", "postgresql://app@127.0.0.1:1/db")));
    assertHidden(Cli.runIn(environment, "--bogus", "hunter2hunter2"));
  }

  static List<Map<String, String>> environments() {
    return List.of(
        Map.of("PGPASSWORD", "hunter2hunter2"),
        Map.of("DATABASE_URL", "postgresql://app:hunter2hunter2@127.0.0.1:1/db"));
  }

  private static void assertHidden(Cli run) {
    assertFalse(holdsSecret(run.printed()), run.printed());
    assertFalse(run.err().isEmpty());
    assertEquals(2, run.code());
  }

  private static boolean holdsSecret(String text) {
    return text.toLowerCase(Locale.ROOT).contains(SECRET);
  }
}
