package dev.confiture.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.confiture.preflight.migrations.tools.Locations;
import dev.confiture.preflight.report.Report;
import dev.confiture.preflight.sandbox.TestServers;
import dev.confiture.preflight.verdict.JudgedMigration;
import dev.confiture.preflight.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small repositories of teams that use some tool, as they are: {@code tools/<tool>/} with the
 * team's files, {@code schema.sql} with production's schema and its tracking table, and {@code
 * expected.txt} with what the program says at their root, given the schema file alone.
 */
@Execution(ExecutionMode.CONCURRENT)
final class ExampleRepositoriesTest {

  @TempDir private static Path scratch;

  static Stream<Path> repositories() throws IOException {
    Path all = Path.of("src/test/resources/tools");
    try (Stream<Path> folders = Files.list(all)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("repositories")
  void isUnderstoodWithTheSchemaFileAlone(Path repository) throws IOException {
    // A repository of its own: what lies around it is another project.
    Path copy = scratch.resolve(repository.getFileName());
    try (Stream<Path> files = Files.walk(repository)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(repository.relativize(file));
        Files.createDirectories(Files.isDirectory(file) ? to : to.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, to);
        }
      }
    }
    Files.createDirectories(copy.resolve(".git"));
    Report report =
        Preflight.run(
            Options.of(Locations.find(copy, "auto")).withSchemaFile(copy.resolve("schema.sql")),
            () -> TestServers.embedded(TestServers.newest()));
    assertEquals(Files.readString(repository.resolve("expected.txt")).strip(), told(report, copy));
  }

  private static String told(Report report, Path root) {
    Report.Pending pending = report.pending();
    StringBuilder told = new StringBuilder();
    told.append("tool ").append(pending.tool().id()).append('\n');
    told.append("pending ").append(String.join(" ", pending.versions())).append('\n');
    report.migrations().forEach(migration -> told.append(told(migration, root)).append('\n'));
    return told.append("verdict ").append(report.verdict().word()).toString();
  }

  private static String told(JudgedMigration migration, Path root) {
    Path file = migration.rehearsed().migration().file().path();
    String name = root.relativize(file.toAbsolutePath()).toString();
    return switch (migration.outcome()) {
      case Outcome.Passed _ -> "passed " + name;
      case Outcome.Failed failed ->
          "failed "
              + name
              + ":"
              + failed.failure().place().start().line()
              + ":"
              + failed.failure().place().start().column()
              + " "
              + failed.failure().error().sqlState()
              + " "
              + failed.failure().error().message();
      case Outcome.Blocked blocked -> "blocked " + name + " by " + blocked.by().file().fileName();
      case Outcome.Unverified unverified -> "unverified " + name + " " + unverified.reason();
      case Outcome.Skipped _ -> "skipped " + name;
    };
  }
}
