package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.sandbox.Python;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Executes Python files to learn their SQL, which the rehearsal then sends.
 *
 * <p>A file may take as long as a statement; where statements have no limit, ten minutes.
 */
public final class PythonFiles {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Map<String, String> environment;
  private final boolean wanted;
  private Optional<Optional<Python>> found = Optional.empty();

  /**
   * Makes the execution of Python files for one run.
   *
   * @param environment the process's environment, whose PATH may hold a python3
   * @param wanted true to execute Python files
   */
  public PythonFiles(Map<String, String> environment, boolean wanted) {
    this.environment = Map.copyOf(environment);
    this.wanted = wanted;
  }

  /** Returns the reason why no Python file is executed, if there is one. */
  public Optional<String> skipped() {
    if (!wanted) {
      return Optional.of("Python migration, not executed: --no-python was given");
    }
    return python().isPresent()
        ? Optional.empty()
        : Optional.of("Python migration, not executed: there is no " + Python.DESCRIPTION);
  }

  /**
   * Executes a file.
   *
   * @param statement the limit of a statement; zero for none
   * @param stopped asked now and then whether it is to be ended
   */
  Migration execute(
      Migration migration,
      MigrationText.Recorder recorder,
      Duration statement,
      BooleanSupplier stopped) {
    return recorder.recorded(
        migration,
        python()
            .orElseThrow()
            .run(recorder.program(), statement.isZero() ? LONGEST : statement, stopped));
  }

  private Optional<Python> python() {
    Optional<Python> python = found.orElseGet(() -> Python.find(environment));
    found = Optional.of(python);
    return python;
  }
}
