package dev.confiture.preflight.sandbox;

import java.util.List;

/** Tells what became of the database that was migrated. */
public sealed interface Cleanup {

  /** The database was made for the run, and is gone. */
  record Dropped() implements Cleanup {}

  /**
   * The database is the user's, into which the schema was restored, and is empty again: looked up.
   */
  record Emptied() implements Cleanup {}

  /** Catalog and sequences of the user's database are as before: looked up, not assumed. */
  record Unchanged() implements Cleanup {}

  /**
   * Catalog and sequences of the user's database differ.
   *
   * @param changes each object with what happened to it
   */
  record Changed(List<String> changes) implements Cleanup {
    public Changed {
      changes = List.copyOf(changes);
    }
  }

  /**
   * The state of the user's database could not be told.
   *
   * @param reason why, as a sentence
   */
  record Unverified(String reason) implements Cleanup {}
}
