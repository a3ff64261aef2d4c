package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;

/** Errors of a replay that exist only because it is one transaction with savepoints. */
final class Artefacts {

  private Artefacts() {}

  static boolean isReal(ServerError error, Execution execution, Delivered.Stopped stopped) {
    if (error.is(SqlState.IN_FAILED_SQL_TRANSACTION)) {
      return false;
    }
    if (stopped.mode() != RunMode.TRANSACTION) {
      // Outside a transaction these would run, each in one of its own.
      return !error.needsNoTransactionBlock()
          && !error.is(SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE)
          && !error.is(SqlState.OBJECT_IN_USE);
    }
    boolean toolUsesSavepoints = execution.scope() == Execution.Scope.FILE_IN_SAVEPOINT;
    boolean ofSavepoints =
        error.is(SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE)
            || error.is(SqlState.ACTIVE_SQL_TRANSACTION)
            || error.needsNoTransactionBlock();
    return toolUsesSavepoints || !ofSavepoints;
  }
}
