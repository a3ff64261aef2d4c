package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;

/**
 * An effect that a statement has on an object when it succeeds.
 *
 * @param offset the place where the statement names it
 * @param formerly the name that an object had before, where it is made by renaming or moving one:
 *     its parts come along
 */
public record Effect(
    Change change, DatabaseObject object, int offset, Optional<QualifiedName> formerly) {

  /** A kind of effect. */
  public enum Change {
    MAKES,
    REMOVES
  }

  /** Makes an effect on an object that had no other name before. */
  Effect(Change change, DatabaseObject object, int offset) {
    this(change, object, offset, Optional.empty());
  }
}
