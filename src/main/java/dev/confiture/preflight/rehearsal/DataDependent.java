package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import java.util.Set;

/** Errors that an empty table can bring about. */
public final class DataDependent {

  private DataDependent() {}

  /** RAISE, whatever SQLSTATE it gives (PL/pgSQL's {@code pl_exec.c}). */
  private static final String RAISED = "exec_stmt_raise";

  /**
   * {@code setval(…, max(id))} and {@code RESTART WITH} of the same (PostgreSQL's {@code
   * sequence.c}).
   */
  private static final Set<String> SEQUENCE = Set.of("do_setval", "SetSequence", "init_params");

  /**
   * Whether rows that are not there can be the reason: a foreign key, something raised, a row that
   * was expected, a NULL or a zero where a query found nothing.
   */
  public static boolean mayBe(ServerError error) {
    return switch (error.sqlState()) {
      case SqlState.FOREIGN_KEY_VIOLATION,
          SqlState.NOT_NULL_VIOLATION,
          SqlState.NULL_VALUE_NOT_ALLOWED,
          SqlState.RAISE_EXCEPTION,
          SqlState.NO_DATA_FOUND,
          SqlState.ASSERT_FAILURE,
          SqlState.DIVISION_BY_ZERO ->
          true;
      case SqlState.NUMERIC_VALUE_OUT_OF_RANGE, SqlState.INVALID_PARAMETER_VALUE ->
          error
              .routine()
              .filter(routine -> SEQUENCE.contains(routine) || routine.equals(RAISED))
              .isPresent();
      default ->
          error.routine().filter(RAISED::equals).isPresent()
              || (error.where().isPresent() && error.sqlState().startsWith("P0"));
    };
  }
}
