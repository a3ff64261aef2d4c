package dev.confiture.preflight.rehearsal;

/** A way in which a file is executed. */
public enum RunMode {
  /** In a transaction that was committed. */
  TRANSACTION,
  /** Outside a transaction, since a statement refuses to run in one. */
  OUTSIDE_TRANSACTION,
  /** As its own BEGIN and COMMIT have it. */
  OWN_TRANSACTIONS,
  /** Nothing was sent. */
  NOT_SENT
}
