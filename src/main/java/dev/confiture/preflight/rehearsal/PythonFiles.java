package dev.confiture.preflight.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.migrations.RecordingEnd;
import dev.confiture.preflight.migrations.RecordingReader;
import dev.confiture.preflight.migrations.StandIn;
import dev.confiture.preflight.sandbox.Python;
import dev.confiture.preflight.sandbox.PythonProgram;
import dev.confiture.preflight.sandbox.PythonRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** Exit statuses above it are of signals, as a shell counts them. */
  private static final int SIGNALS = 128;

  private final Map<String, String> environment;
  private final boolean wanted;
  private Optional<Optional<Python>> found = Optional.empty();

  /**
   * For one run.
   *
   * @param environment the process's environment, whose PATH may hold a python3
   * @param wanted whether Python files are to be executed
   */
  public PythonFiles(Map<String, String> environment, boolean wanted) {
    this.environment = Map.copyOf(environment);
    this.wanted = wanted;
  }

  /** Why no Python file is executed, if so. */
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
  MigrationText.Recorded execute(
      MigrationFile file, MigrationText.Python text, Duration statement, BooleanSupplier stopped) {
    Path workingDirectory = Path.of(System.getProperty("user.dir", "/"));
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(file.path().toAbsolutePath().normalize().toString().getBytes(UTF_8));
    arguments.add(text.file().text().getBytes(UTF_8));
    NamedSqlFiles.read(text.strings(), workingDirectory)
        .forEach(
            (name, bytes) -> {
              arguments.add(name.getBytes(UTF_8));
              arguments.add(bytes);
            });
    PythonProgram program =
        new PythonProgram(
            StandIn.all().stream()
                .map(m -> new PythonProgram.Module(m.name(), m.isPackage(), m.text()))
                .toList(),
            arguments);
    PythonRun run =
        python().orElseThrow().run(program, statement.isZero() ? LONGEST : statement, stopped);
    RecordingReader reader = new RecordingReader(text.file());
    run.reports().forEach(report -> reader.accept(report.word(), report.fields()));
    return new MigrationText.Recorded(text.file(), reader.recording(withoutEnd(run)));
  }

  private Optional<Python> python() {
    Optional<Python> python = found.orElseGet(() -> Python.find(environment));
    found = Optional.of(python);
    return python;
  }

  /** How it ended where the file itself did not let it be told. */
  private static RecordingEnd withoutEnd(PythonRun run) {
    if (run.stopped().isPresent()) {
      return new RecordingEnd.Unverifiable("the file " + run.stopped().get(), 0);
    }
    if (run.status() > SIGNALS) {
      return new RecordingEnd.Unverifiable(
          "python3 was ended by signal " + (run.status() - SIGNALS) + " while it executed the file",
          0);
    }
    String words = run.lastWords().isEmpty() ? "" : ": " + run.lastWords();
    return new RecordingEnd.Failed(
        "the file ends the process, with exit status " + run.status() + words, 0, 0);
  }
}
