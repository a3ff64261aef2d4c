package dev.confiture.preflight.migrations.confiture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.confiture.preflight.sandbox.Python;
import dev.confiture.preflight.sql.SourceText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A Python file that is executed by the python3 of this machine.
 *
 * @param path where it is said to be
 * @param text its text
 */
record PythonMigration(Path path, String text) {

  /** With a class around what {@code up} does, at a line each from 6 on. */
  static PythonMigration doing(String... lines) {
    return new PythonMigration(
        Path.of("/nowhere/0001_first.py"),
        """
        from confiture.models.migration import Migration
        class First(Migration):
            version = "0001"
            name = "first"
            def up(self):
        """
            + indented(lines)
            + "    def down(self): pass\n");
  }

  /** With only these lines. */
  static PythonMigration of(String... lines) {
    return new PythonMigration(Path.of("/nowhere/0001_first.py"), String.join("\n", lines) + "\n");
  }

  private static String indented(String... lines) {
    return String.join("", List.of(lines).stream().map(line -> "        " + line + "\n").toList());
  }

  /** Skips the test where there is no python3. */
  static Python python() {
    Optional<Python> python = Python.find(System.getenv());
    assumeTrue(python.isPresent(), "there is no " + Python.DESCRIPTION);
    return python.orElseThrow();
  }

  Recording execute() {
    return execute(Duration.ofSeconds(60));
  }

  Recording execute(Duration limit) {
    return execute(limit, () -> false);
  }

  Recording execute(Duration limit, BooleanSupplier stopped) {
    return Recording.of(
        python().run(new PythonRecorder(path, SourceText.of(text)).program(), limit, stopped));
  }

  /** The SQL of each call. */
  static List<String> sql(Recording recording) {
    return recording.calls().stream().map(Recording.Call::sql).toList();
  }

  /** What it executes, all of it. */
  List<String> complete() {
    Recording recording = execute();
    assertEquals(new Recording.End.Complete(), recording.end());
    return sql(recording);
  }
}
