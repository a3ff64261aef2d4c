package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import java.util.Optional;

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
}
