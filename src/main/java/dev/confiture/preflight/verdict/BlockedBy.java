package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.sql.Position;
import java.util.Optional;

/**
 * The first cause of a blocked migration.
 *
 * @param file the migration whose statement took no effect
 * @param position the place where that statement names the object, else where it failed
 * @param object the object that is not as expected, where it can be told
 * @param removal true if the statement would have removed the object rather than made it
 */
public record BlockedBy(
    MigrationFile file, Position position, Optional<DatabaseObject> object, boolean removal) {

  /** Returns what the statement was to do with the object: make, remove or change it. */
  public String verb() {
    boolean rows = object.filter(each -> each.kind() == ObjectKind.ROWS).isPresent();
    return !removal ? "make" : rows ? "change" : "remove";
  }

  /** Returns the noun of what is needed of it, with a blank behind; none where it is to be made. */
  public String deed() {
    return switch (verb()) {
      case "remove" -> "the removal of ";
      case "change" -> "the change of ";
      default -> "";
    };
  }

  /** Returns the object, or words for the file's effect as a whole. */
  public String what() {
    return object.map(DatabaseObject::toString).orElse("what that file does");
  }
}
