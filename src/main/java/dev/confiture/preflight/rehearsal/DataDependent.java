package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;

/** Errors that an empty table can bring about. */
public final class DataDependent {

  private DataDependent() {}

  /**
   * Whether rows that are not there can be the reason: a foreign key, something raised, a row that
   * was expected, or a NULL where a query found nothing.
   */
  public static boolean mayBe(ServerError error) {
    return switch (error.sqlState()) {
      case "23503", "P0001", "P0002", "23502", "P0004", "22004" -> true;
      default -> error.where().isPresent() && error.sqlState().startsWith("P0");
    };
  }
}
