package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A part of production's schema that the sandbox lacks.
 *
 * @param reason the cause, for people: {@code extension postgis is not installed here}
 * @param error the server's error for the first statement that it refused
 * @param position the place of that statement in the schema file
 * @param statement the statement's first line
 * @param lost the objects that were not made, also those that need one that was not made
 * @param undone the statements that were refused and make no object: they alter one, give it to a
 *     role, or give rights on it
 */
public record RestoreGap(
    String reason,
    ServerError error,
    Position position,
    String statement,
    List<LostObject> lost,
    List<Statement> undone) {

  public RestoreGap {
    lost = List.copyOf(lost);
    undone = List.copyOf(undone);
  }

  /** Makes a gap in which objects alone were lost. */
  public RestoreGap(
      String reason,
      ServerError error,
      Position position,
      String statement,
      List<LostObject> lost) {
    this(reason, error, position, statement, lost, List.of());
  }

  /**
   * An object of production's schema that the sandbox lacks.
   *
   * @param position the place in the schema file that would have made it
   * @param by the statement there, where one is known
   */
  public record LostObject(DatabaseObject object, Position position, Optional<Statement> by) {

    /** Makes an object of which no statement is known. */
    public LostObject(DatabaseObject object, Position position) {
      this(object, position, Optional.empty());
    }

    /** Returns true if the object may have this name, whatever its kind. */
    boolean isNamed(QualifiedName needed) {
      String name = object.name().name();
      return name.endsWith(QualifiedName.ANY_MORE)
          ? needed
              .name()
              .startsWith(name.substring(0, name.length() - QualifiedName.ANY_MORE.length()))
          : object.name().matches(needed);
    }
  }
}
