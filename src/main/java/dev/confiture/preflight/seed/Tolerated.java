package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;

/** Refusals after which the schema lacks nothing. */
final class Tolerated {

  private Tolerated() {}

  static boolean is(Statement statement, ServerError error) {
    return headerOfOtherVersion(statement, error)
        || nothingToDrop(statement, error)
        || isThereAlready(statement, error)
        || commentOnExtension(statement, error);
  }

  /**
   * A newer pg_dump's header sets what an older server does not know, an older one's what is gone.
   */
  private static boolean headerOfOtherVersion(Statement s, ServerError error) {
    if (!s.is(0, "set") || !error.is(SqlState.UNDEFINED_OBJECT) || s.tokens().size() < 2) {
      return false;
    }
    String name = s.tokens().get(1).identifier();
    return name.endsWith("_timeout")
        || name.equals("default_table_access_method")
        || name.equals("default_with_oids")
        || name.equals("row_security")
        || name.equals("xmloption");
  }

  /** {@code pg_dump --clean} drops first; here there is nothing yet. */
  private static boolean nothingToDrop(Statement s, ServerError error) {
    boolean drops =
        s.is(0, "drop")
            || (s.startsWith("alter", "table")
                && s.tokens().stream().anyMatch(token -> token.is("drop")));
    return drops && error.saysUndefined();
  }

  /** {@code pg_dump --schema=public} creates what initdb has made, pg_dump 9 plpgsql too. */
  private static boolean isThereAlready(Statement s, ServerError error) {
    return (s.startsWith("create", "schema", "public") && error.is(SqlState.DUPLICATE_SCHEMA))
        || (s.startsWith("create", "extension") && error.is(SqlState.DUPLICATE_OBJECT));
  }

  private static boolean commentOnExtension(Statement s, ServerError error) {
    return s.startsWith("comment", "on", "extension") && error.is(SqlState.INSUFFICIENT_PRIVILEGE);
  }
}
