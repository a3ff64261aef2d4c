package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A failure at a place of a file.
 *
 * @param source the party that refused
 * @param error the SQLSTATE and the message
 * @param place the place of the error
 * @param statement the statement, where one failed
 * @param evidence the evidence in the catalog
 */
public record Failure(
    Source source,
    ServerError error,
    Place place,
    Optional<StatementPlace> statement,
    Evidence evidence) {

  /**
   * Returns true for an error that another try need not give: of a time limit, a lock, a deadlock
   * or the server itself.
   */
  public boolean isVolatile() {
    return source == Source.LIMIT
        || source == Source.BACKEND
        || switch (error.sqlState()) {
          case SqlState.QUERY_CANCELED,
              SqlState.LOCK_NOT_AVAILABLE,
              SqlState.DEADLOCK_DETECTED,
              SqlState.SERIALIZATION_FAILURE ->
              true;
          default -> false;
        };
  }

  /**
   * Returns true for the same error at the same statement, where that of the other one is known.
   */
  public boolean isSameAs(Failure other) {
    return error.sameAs(other.error)
        && (other.statement.isEmpty()
            || statement
                .map(StatementPlace::number)
                .equals(other.statement.map(StatementPlace::number)));
  }

  /** Returns the same failure with the engine's own sentences, if it has any, in other words. */
  public Failure worded(UnaryOperator<String> words) {
    return switch (source) {
      case TOOL, UNSUPPORTED ->
          new Failure(
              source,
              ServerError.of(
                  error.sqlState(), words.apply(error.message()), error.hint().map(words)),
              place,
              statement,
              evidence);
      case SERVER, COMMIT, LEDGER, LIMIT, BACKEND -> this;
    };
  }

  /** The party that refused. */
  public enum Source {
    /** PostgreSQL refused the statement. */
    SERVER,
    /** PostgreSQL refused the COMMIT. */
    COMMIT,
    /** The tool that deploys the file would refuse it. */
    TOOL,
    /** The tool's own record of the migration in its ledger would be refused. */
    LEDGER,
    /** A limit of the rehearsal ended it. */
    LIMIT,
    /** The backend died. */
    BACKEND,
    /** The rehearsal lacks what the file needs: a language, or transactions of its own. */
    UNSUPPORTED
  }

  /**
   * A statement and its number in the file.
   *
   * @param number from 1
   * @param total the number of the file's statements
   * @param statement its text and offsets
   * @param action for ALTER TABLE, which of its actions
   */
  public record StatementPlace(
      int number, int total, Statement statement, Optional<ActionPlace> action) {

    /** Returns the statement as the file has it. */
    public String text() {
      return statement.text();
    }

    /** An action of an ALTER TABLE with several: its number, from 1, their total, and its text. */
    public record ActionPlace(int number, int total, String text) {}
  }
}
