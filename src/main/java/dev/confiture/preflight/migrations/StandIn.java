package dev.confiture.preflight.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Python module that takes the place of confiture's, or of what confiture brings along, so that a
 * migration file can be executed without a database and tells its SQL.
 *
 * @param name with the names of its packages, as it is imported
 * @param isPackage whether it is a package itself
 * @param text its source
 */
public record StandIn(String name, boolean isPackage, String text) {

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

  /** All of them, the recorder included. */
  public static List<StandIn> all() {
    return FILES.stream().map(StandIn::of).toList();
  }

  /** The files that they are made of. */
  static Stream<String> files() {
    return FILES.stream();
  }

  private static StandIn of(String file) {
    boolean isPackage = file.endsWith(PACKAGE);
    String path = file.substring(0, file.length() - (isPackage ? PACKAGE : ".py").length());
    return new StandIn(path.replace('/', '.'), isPackage, read(file));
  }

  private static String read(String file) {
    try (InputStream resource = StandIn.class.getResourceAsStream(FOLDER + file)) {
      if (resource == null) {
        throw new IllegalStateException("the resource " + file + " is missing");
      }
      return new String(resource.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
