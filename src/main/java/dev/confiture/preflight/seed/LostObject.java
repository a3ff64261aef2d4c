package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Position;

/**
 * An object of production's schema that the sandbox lacks.
 *
 * @param position the place in the schema file that would have made it
 */
public record LostObject(DatabaseObject object, Position position) {

  /** Stands at the end of a name for any name that begins so. */
  static final String ANY_MORE = "*";

  /** Returns true if the object may have this name, whatever its kind. */
  boolean isNamed(QualifiedName needed) {
    String name = object.name().name();
    return name.endsWith(ANY_MORE)
        ? needed.name().startsWith(name.substring(0, name.length() - ANY_MORE.length()))
        : object.name().matches(needed);
  }
}
