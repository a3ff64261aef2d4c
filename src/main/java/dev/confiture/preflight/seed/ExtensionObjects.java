package dev.confiture.preflight.seed;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Tells what widely used extensions bring, for a sandbox that lacks one. */
public final class ExtensionObjects {

  private static final Map<String, ObjectKind> KINDS =
      Map.ofEntries(
          entry("type", ObjectKind.TYPE),
          entry("function", ObjectKind.FUNCTION),
          entry("relation", ObjectKind.RELATION),
          entry("schema", ObjectKind.SCHEMA),
          entry("operator_class", ObjectKind.OPERATOR_CLASS),
          entry("access_method", ObjectKind.OTHER));

  private static final Map<String, String> KNOWN = known();

  private ExtensionObjects() {}

  /** Returns the extension itself and its best known objects. */
  public static List<DatabaseObject> of(String extension) {
    List<DatabaseObject> objects = new ArrayList<>();
    objects.add(object(ObjectKind.EXTENSION, extension));
    KINDS.forEach(
        (key, kind) -> {
          for (String name : KNOWN.getOrDefault(extension + "." + key, "").split(" ", -1)) {
            if (!name.isEmpty()) {
              objects.add(object(kind, name));
            }
          }
        });
    return objects;
  }

  /** Returns a sentence on how to get a server with the extension, if that takes advice. */
  static Optional<String> serverAdvice(String extension) {
    return Optional.ofNullable(KNOWN.get(extension + ".server"))
        .map(
            server ->
                "to rehearse what needs the extension "
                    + extension
                    + ", name a server that has it: "
                    + server
                    + " (N: production's major version)");
  }

  private static DatabaseObject object(ObjectKind kind, String name) {
    return DatabaseObject.of(kind, QualifiedName.of(name));
  }

  private static Map<String, String> known() {
    Properties known = new Properties();
    try (InputStream in = ExtensionObjects.class.getResourceAsStream("extensions.properties")) {
      known.load(Objects.requireNonNull(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading a resource of the program's own", unreadable);
    }
    return known.stringPropertyNames().stream()
        .collect(toUnmodifiableMap(key -> key, known::getProperty));
  }
}
