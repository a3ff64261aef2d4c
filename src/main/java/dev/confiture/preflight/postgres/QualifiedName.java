package dev.confiture.preflight.postgres;

import java.util.Optional;

/**
 * The name of an object with the schema it was written with, if any.
 *
 * @param schema the schema as PostgreSQL folds it, empty where the text left it to {@code
 *     search_path}
 * @param name the name as PostgreSQL folds it, without quotes
 */
public record QualifiedName(Optional<String> schema, String name) {

  /** Stands at the end of a name for any name that begins so. */
  public static final String ANY_MORE = "*";

  /** Makes a name without a schema. */
  public static QualifiedName of(String name) {
    return new QualifiedName(Optional.empty(), name);
  }

  /** Makes a name in a schema. */
  public static QualifiedName of(String schema, String name) {
    return new QualifiedName(Optional.of(schema), name);
  }

  /** Reads a name in a message of the server: {@code schema.name}, or a name alone. */
  public static QualifiedName ofMessage(String text) {
    int dot = text.lastIndexOf('.');
    return dot > 0 && dot + 1 < text.length()
        ? of(text.substring(0, dot), text.substring(dot + 1))
        : of(text);
  }

  /**
   * Returns true if both may name the same object: the names are equal, and so are the schemas
   * where both are written.
   */
  public boolean matches(QualifiedName other) {
    return name.equals(other.name)
        && (schema.isEmpty() || other.schema.isEmpty() || schema.equals(other.schema));
  }

  /** Returns the name that an object of one schema has once that schema is renamed. */
  public QualifiedName moved(String from, String to) {
    return schema.filter(from::equals).isPresent() ? of(to, name) : this;
  }

  /** Returns {@code schema.name} without quotes, as a message shows it. */
  @Override
  public String toString() {
    return schema.map(s -> s + "." + name).orElse(name);
  }
}
