package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import dev.confiture.preflight.sql.Position;

/**
 * An object of production's schema that the sandbox lacks.
 *
 * @param position the place in the schema file that would have made it
 */
public record LostObject(DatabaseObject object, Position position) {

  /** Stands at the end of a name for any name that begins so. */
  static final String ANY_MORE = "*";

  /**
   * Returns true if this may be the object that a migration needs.
   *
   * @param path the search path of the migration
   */
  public boolean is(DatabaseObject needed, SearchPath path) {
    if (!object.name().name().endsWith(ANY_MORE)) {
      // An extension's objects are in the schema that it was created in, which is not known here.
      boolean found =
          object.name().schema().isEmpty()
              || needed.name().schema().isPresent()
              || path.sameObject(object.name(), needed.name());
      return found && object.matches(needed);
    }
    return object.kind() == needed.kind() && isNamed(needed.name());
  }

  /** Returns true if the object may have this name, whatever its kind. */
  boolean isNamed(QualifiedName needed) {
    String name = object.name().name();
    return name.endsWith(ANY_MORE)
        ? needed.name().startsWith(name.substring(0, name.length() - ANY_MORE.length()))
        : object.name().matches(needed);
  }
}
