package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.DatabaseObject;

/**
 * What a statement does to an object when it succeeds.
 *
 * @param offset where the statement names it
 */
public record Effect(Change change, DatabaseObject object, int offset) {

  /** Whether the object is there afterwards. */
  public enum Change {
    MAKES,
    REMOVES
  }
}
