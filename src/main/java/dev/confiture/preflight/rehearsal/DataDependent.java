package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;

/** Errors that an empty table can bring about. */
public final class DataDependent {

  private DataDependent() {}

  /**
   * Whether rows that are not there can be the reason: a foreign key, something raised, a row that
   * was expected, or a NULL where a query found nothing.
   */
  public static boolean mayBe(ServerError error) {
    return switch (error.sqlState()) {
      case SqlState.FOREIGN_KEY_VIOLATION,
          SqlState.NOT_NULL_VIOLATION,
          SqlState.NULL_VALUE_NOT_ALLOWED,
          SqlState.RAISE_EXCEPTION,
          SqlState.NO_DATA_FOUND,
          SqlState.ASSERT_FAILURE ->
          true;
      default -> error.where().isPresent() && error.sqlState().startsWith("P0");
    };
  }
}
