package dev.confiture.preflight.migrations.confiture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.process.PythonProgram;
import dev.confiture.preflight.process.PythonProgram.PythonRun;
import dev.confiture.preflight.sql.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Executes a Python migration with modules that stand in for confiture's and psycopg's, and reads
 * the SQL that they report.
 *
 * <p>The SQL files that it names for {@code execute_file} are read for it: the user as whom it is
 * executed may not be able to. Only files beneath the working directory, to which those names are
 * relative: what a name leads to elsewhere is not the project's.
 *
 * @param path the file
 * @param text its text
 */
record PythonRecorder(Path path, SourceText text) implements MigrationText.Recorder {

  private static final String SQL = ".sql";
  private static final long MOST_BYTES = 16L << 20;

  /** Returns a Python file that is not executed yet. */
  static MigrationText.Python unexecuted(MigrationFile file, SourceText text) {
    return new MigrationText.Python(
        text, PythonStrings.statements(text), new PythonRecorder(file.path(), text));
  }

  @Override
  public PythonProgram program() {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(path.toAbsolutePath().normalize().toString().getBytes(UTF_8));
    arguments.add(text.text().getBytes(UTF_8));
    namedFiles(PythonStrings.texts(text), Path.of(System.getProperty("user.dir", "/")))
        .forEach(
            (name, bytes) -> {
              arguments.add(name.getBytes(UTF_8));
              arguments.add(bytes);
            });
    return new PythonProgram(PythonStub.all(), arguments);
  }

  @Override
  public Migration recorded(Migration migration, PythonRun run) {
    return RecordedMigration.of(migration, text, Recording.of(run));
  }

  /** Returns the bytes of the named files by name, as far as they are there. */
  static Map<String, byte[]> namedFiles(Collection<String> names, Path workingDirectory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    long room = MOST_BYTES;
    for (String name : names) {
      Optional<byte[]> bytes =
          name.endsWith(SQL) && !name.contains("\n")
              ? read(name, workingDirectory, room)
              : Optional.empty();
      if (bytes.isPresent()) {
        files.put(name, bytes.get());
        room -= bytes.get().length;
      }
    }
    return files;
  }

  private static Optional<byte[]> read(String name, Path workingDirectory, long room) {
    try {
      Path file = workingDirectory.resolve(name).toRealPath();
      return file.startsWith(workingDirectory.toRealPath())
              && file.toString().endsWith(SQL)
              && Files.isRegularFile(file)
              && Files.size(file) <= room
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException notThere) {
      return Optional.empty();
    }
  }

  /**
   * The Python modules that take the place of confiture's, and of what confiture brings along, so
   * that a migration file can be executed without a database and tells its SQL.
   */
  static final class PythonStub {

    private static final String FOLDER = "python/";
    private static final String PACKAGE = "/__init__.py";

    private static final List<String> FILES =
        List.of(
            "preflight/__init__.py",
            "preflight/parameters.py",
            "preflight/recorder.py",
            "preflight/source.py",
            "confiture/__init__.py",
            "confiture/exceptions.py",
            "confiture/core/__init__.py",
            "confiture/core/hooks/__init__.py",
            "confiture/core/hooks/base.py",
            "confiture/core/hooks/context.py",
            "confiture/core/hooks/phases.py",
            "confiture/core/large_tables.py",
            "confiture/core/preconditions.py",
            "confiture/models/__init__.py",
            "confiture/models/migration.py",
            "psycopg/__init__.py",
            "psycopg/errors.py",
            "psycopg/rows.py",
            "psycopg/sql.py",
            "psycopg/types/__init__.py",
            "psycopg/types/json.py");

    private PythonStub() {}

    /** Returns all modules, the recorder included. */
    static List<PythonProgram.Module> all() {
      return FILES.stream().map(PythonStub::of).toList();
    }

    /** Returns the files that the modules are made of. */
    static Stream<String> files() {
      return FILES.stream();
    }

    private static PythonProgram.Module of(String file) {
      boolean isPackage = file.endsWith(PACKAGE);
      String path = file.substring(0, file.length() - (isPackage ? PACKAGE : ".py").length());
      return new PythonProgram.Module(path.replace('/', '.'), isPackage, read(file));
    }

    private static String read(String file) {
      try (InputStream resource = PythonStub.class.getResourceAsStream(FOLDER + file)) {
        if (resource == null) {
          throw new IllegalStateException("the resource " + file + " is missing");
        }
        return new String(resource.readAllBytes(), UTF_8);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
