package dev.confiture.preflight.postgres;

import java.util.Optional;

/**
 * An object that SQL text or a server message names.
 *
 * @param kind its name space
 * @param name its name
 * @param parent the table of a column, constraint, trigger, policy or rule, the type of an enum
 *     label; empty where there is none or the text does not say
 */
public record DatabaseObject(ObjectKind kind, QualifiedName name, Optional<QualifiedName> parent) {

  /** Makes an object that is no part of another. */
  public static DatabaseObject of(ObjectKind kind, QualifiedName name) {
    return new DatabaseObject(kind, name, Optional.empty());
  }

  /** Makes a part of another object: a column of a table, a label of an enum. */
  public static DatabaseObject of(ObjectKind kind, String name, QualifiedName parent) {
    return new DatabaseObject(kind, QualifiedName.of(name), Optional.of(parent));
  }

  /** Returns true if both may be the same object; an absent parent matches any. */
  public boolean matches(DatabaseObject other) {
    return kind == other.kind
        && name.matches(other.name)
        && (parent.isEmpty() || other.parent.isEmpty() || parent.get().matches(other.parent.get()));
  }

  /** Returns {@code table.column} or the qualified name, as a message shows it. */
  @Override
  public String toString() {
    return switch (kind) {
      case ROWS -> "rows of " + name;
      case USER_MAPPING -> "user mapping for " + name + " on " + parent.orElseThrow();
      case CAST -> "cast from " + parent.orElseThrow() + " to " + name;
      case TRANSFORM -> "transform of " + parent.orElseThrow() + " for " + name;
      case PARTITION -> "partition " + name + " of " + parent.orElseThrow();
      default -> parent.map(p -> p + "." + name).orElseGet(name::toString);
    };
  }
}
