package dev.confiture.preflight.rehearsal;

import java.util.Optional;

/** A fact measured while a file ran that is not a failure. */
public sealed interface Observation {

  /** Returns the place of the statement that is behind it, if that can be told. */
  default Optional<Place> at() {
    return Optional.empty();
  }

  /**
   * A <a href="https://www.postgresql.org/docs/current/sql-prepare-transaction.html">prepared
   * transaction</a> is left open: it outlives its session, here until the database is dropped.
   */
  record OpenTransaction(Place place) implements Observation {

    @Override
    public Optional<Place> at() {
      return Optional.of(place);
    }
  }

  /**
   * An index that is not valid was left behind.
   *
   * @param name its name in SQL, with its schema
   */
  record InvalidIndex(String name) implements Observation {}

  /**
   * The first statements of a file that failed stay applied: they ran outside a transaction, or
   * were committed.
   *
   * @param statements how many
   * @param rolledBack whether the file itself rolled back some of them
   */
  record PartlyApplied(int statements, boolean rolledBack) implements Observation {}

  /**
   * Something stays in the session for the files after this one.
   *
   * @param tool which runs all files in one session
   * @param at the statement that names it, if one does
   */
  record SessionLeak(SessionState.Kept kept, String tool, Optional<Place> at)
      implements Observation {}

  /**
   * The tool runs all files in one transaction: what this one did is undone by another's failure.
   *
   * @param failed the name of the file that fails
   */
  record UndoneWith(String tool, String failed) implements Observation {}

  /**
   * The tool undoes what this file did, by the team's own script, since another of the run fails.
   *
   * @param failed the name of the file that fails
   */
  record RevertedAfter(String tool, String failed) implements Observation {}

  /** The server warned. */
  record Warning(String message) implements Observation {}

  /** The deployment depends on something that the tool's own documentation tells. */
  record ToolNote(String text) implements Observation {}

  /**
   * The file was sent so many times, each time without what had failed: its further failures are
   * not known.
   */
  record ReplaysEnded(int times) implements Observation {}

  /** Something that an earlier file left in the session was lost with it. */
  record LostWithSession(SessionState.Kept kept) implements Observation {}
}
