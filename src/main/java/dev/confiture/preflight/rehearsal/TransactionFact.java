package dev.confiture.preflight.rehearsal;

/** What is so only because one transaction is around all files. */
public enum TransactionFact {
  /** The message names the time at which the transaction began: {@code now()} stands still. */
  STANDING_CLOCK,
  /** Events of deferred triggers wait that the COMMIT of an earlier file would have fired. */
  WAITING_EVENTS
}
