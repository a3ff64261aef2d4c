package dev.confiture.preflight.migrations.confiture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.confiture.preflight.process.PythonProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Python modules that take the place of confiture's, and of what confiture brings along, so
 * that a migration file can be executed without a database and tells its SQL.
 */
final class PythonStub {

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
