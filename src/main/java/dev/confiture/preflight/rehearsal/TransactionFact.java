package dev.confiture.preflight.rehearsal;

/** A fact that holds only because one transaction is around all files. */
public enum TransactionFact {
  /** The message names the time at which the transaction began: {@code now()} stands still. */
  STANDING_CLOCK,
  /**
   * A cursor WITH HOLD is open that the COMMIT of an earlier file would have taken off its table.
   */
  HELD_CURSOR,
  /** A temporary table of this name is there that a COMMIT may have dropped. */
  TEMPORARY_TABLE,
  /** Events of deferred triggers wait that the COMMIT of an earlier file would have fired. */
  WAITING_EVENTS
}
