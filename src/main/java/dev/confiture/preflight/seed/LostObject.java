package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.sql.Position;

/**
 * An object that the sandbox lacks.
 *
 * @param position where the schema file would have made it
 */
public record LostObject(DatabaseObject object, Position position) {

  /** At the end of a name: any name that begins so. */
  static final String ANY_MORE = "*";

  /**
   * Whether it may be the object that something else needs.
   *
   * @param path where what needs it looks for a name without a schema
   */
  public boolean is(DatabaseObject needed, SearchPath path) {
    if (!object.name().name().endsWith(ANY_MORE)) {
      // An extension's objects are in the schema that it was made in, which is not told.
      boolean found =
          object.name().schema().isEmpty()
              || needed.name().schema().isPresent()
              || path.sameObject(object.name(), needed.name());
      return found && object.matches(needed);
    }
    return object.kind() == needed.kind() && isNamed(needed.name());
  }

  /** Whether it may have this name, whatever its kind. */
  boolean isNamed(QualifiedName needed) {
    String name = object.name().name();
    return name.endsWith(ANY_MORE)
        ? needed.name().startsWith(name.substring(0, name.length() - ANY_MORE.length()))
        : object.name().matches(needed);
  }
}
