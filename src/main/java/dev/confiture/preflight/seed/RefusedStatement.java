package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TableParts.Part;
import java.util.Optional;

/**
 * A statement of the schema file that the server refused, or a part of one that it took without.
 *
 * @param statement the statement; for a part, it without the other parts
 * @param part the part that was refused, where it is not the whole statement
 */
record RefusedStatement(Statement statement, ServerError error, Optional<Part> part) {

  /** Makes one that was refused as a whole. */
  RefusedStatement(Statement statement, ServerError error) {
    this(statement, error, Optional.empty());
  }

  /** Returns true if the schema lacks nothing without the statement. */
  boolean isHarmless() {
    return isSettingOfAnotherVersion()
        || dropsNothing()
        || makesWhatInitdbMade()
        || isCommentOnExtension();
  }

  /**
   * Returns true for a setting of pg_dump's header: a newer pg_dump sets what an older server does
   * not know, an older one sets what is gone.
   */
  private boolean isSettingOfAnotherVersion() {
    if (!statement.is(0, "set")
        || !error.is(SqlState.UNDEFINED_OBJECT)
        || statement.tokens().size() < 2) {
      return false;
    }
    String name = statement.tokens().get(1).identifier();
    return name.endsWith("_timeout")
        || name.equals("default_table_access_method")
        || name.equals("default_with_oids")
        || name.equals("row_security")
        || name.equals("xmloption");
  }

  /** Returns true for a DROP of {@code pg_dump --clean}, for which there is nothing yet. */
  private boolean dropsNothing() {
    boolean drops =
        statement.is(0, "drop")
            || (statement.startsWith("alter", "table")
                && statement.tokens().stream().anyMatch(token -> token.is("drop")));
    return drops && error.saysUndefined();
  }

  /**
   * Returns true for an object that initdb has made: {@code pg_dump --schema=public} creates that
   * schema, and pg_dump 9 creates plpgsql too.
   */
  private boolean makesWhatInitdbMade() {
    return (statement.startsWith("create", "schema", "public")
            && error.is(SqlState.DUPLICATE_SCHEMA))
        || (statement.startsWith("create", "extension") && error.is(SqlState.DUPLICATE_OBJECT));
  }

  private boolean isCommentOnExtension() {
    return statement.startsWith("comment", "on", "extension")
        && error.is(SqlState.INSUFFICIENT_PRIVILEGE);
  }

  /** Returns true if this user may not give an owner or a grant, or become another role. */
  boolean concernsRights() {
    return error.is(SqlState.INSUFFICIENT_PRIVILEGE)
        && (statement.is(0, "grant")
            || statement.is(0, "revoke")
            || statement.is(0, "set")
            || statement.startsWith("alter", "default", "privileges")
            || (statement.is(0, "alter") && statement.is(statement.tokens().size() - 3, "owner")));
  }
}
