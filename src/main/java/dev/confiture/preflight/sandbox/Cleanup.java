package dev.confiture.preflight.sandbox;

import java.util.List;

/** What became of the database that was migrated. */
public sealed interface Cleanup {

  /** It was made for the run, and is gone. */
  record Dropped() implements Cleanup {}

  /** It is the named one, into which the schema was restored, and is empty again: looked up. */
  record Emptied() implements Cleanup {}

  /** Its catalog and sequences are as before: looked up, not assumed. */
  record Unchanged() implements Cleanup {}

  /**
   * Its catalog and sequences differ.
   *
   * @param changes each object with what happened to it
   */
  record Changed(List<String> changes) implements Cleanup {
    public Changed {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Whether it is as before could not be told.
   *
   * @param reason why, as a sentence
   */
  record Unverified(String reason) implements Cleanup {}
}
