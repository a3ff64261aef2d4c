package dev.confiture.preflight.sql;

import java.util.Optional;

/** The statements that begin, end or divide transactions. */
public enum TransactionControl {
  BEGIN,
  COMMIT,
  ROLLBACK,
  SAVEPOINT,
  RELEASE,
  ROLLBACK_TO,
  PREPARE_TRANSACTION,
  COMMIT_PREPARED,
  ROLLBACK_PREPARED;

  /** Returns the transaction control that a statement is, by its leading keywords. */
  public static Optional<TransactionControl> of(Statement statement) {
    if (statement.is(0, "begin") || statement.startsWith("start", "transaction")) {
      return Optional.of(BEGIN);
    }
    if (statement.startsWith("commit", "prepared")) {
      return Optional.of(COMMIT_PREPARED);
    }
    if (statement.is(0, "commit") || statement.is(0, "end")) {
      return Optional.of(COMMIT);
    }
    if (statement.startsWith("rollback", "prepared")) {
      return Optional.of(ROLLBACK_PREPARED);
    }
    if (statement.is(0, "rollback") || statement.is(0, "abort")) {
      int at = statement.is(1, "work") || statement.is(1, "transaction") ? 2 : 1;
      return Optional.of(statement.is(at, "to") ? ROLLBACK_TO : ROLLBACK);
    }
    if (statement.is(0, "savepoint")) {
      return Optional.of(SAVEPOINT);
    }
    if (statement.is(0, "release")) {
      return Optional.of(RELEASE);
    }
    return statement.startsWith("prepare", "transaction")
        ? Optional.of(PREPARE_TRANSACTION)
        : Optional.empty();
  }

  /** Returns true for {@code COMMIT AND CHAIN} and its like, which begin the next transaction. */
  public static boolean chains(Statement statement) {
    int last = statement.tokens().size() - 1;
    return of(statement).filter(TransactionControl::endsTransaction).isPresent()
        && statement.is(last, "chain")
        && !statement.is(last - 1, "no");
  }

  /** Returns true if it ends the open transaction. */
  public boolean endsTransaction() {
    return this == COMMIT || this == ROLLBACK || this == PREPARE_TRANSACTION;
  }

  /** Returns true if it begins a transaction. */
  public boolean startsTransaction() {
    return this == BEGIN;
  }

  /** Returns true if it begins or ends a transaction, rather than dividing one. */
  public boolean isBoundary() {
    return startsTransaction() || endsTransaction();
  }
}
