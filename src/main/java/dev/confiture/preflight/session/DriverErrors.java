package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** From the driver's exceptions to the server's words. */
final class DriverErrors {

  private DriverErrors() {}

  /** The server's error, if this exception carries one and is not the driver's own. */
  static Optional<ServerError> serverError(SQLException thrown) {
    return thrown instanceof PSQLException psql
        ? Optional.ofNullable(psql.getServerErrorMessage()).map(DriverErrors::of)
        : Optional.empty();
  }

  /**
   * Whether the driver closed the session for a parameter that it cannot work with: a connection
   * failure without a word from the server and without an error of the network below it. Its
   * message says so in the language of this machine.
   */
  static boolean driverLeft(SQLException thrown) {
    return SqlState.CONNECTION_FAILURE.equals(thrown.getSQLState())
        && serverError(thrown).isEmpty()
        && thrown.getCause() == null;
  }

  static SessionException sessionException(SQLException thrown) {
    Optional<ServerError> error = serverError(thrown);
    String message = error.map(ServerError::message).orElse(String.valueOf(thrown.getMessage()));
    return new SessionException(message, error, thrown);
  }

  private static ServerError of(ServerErrorMessage m) {
    return new ServerError(
        text(m.getSQLState()),
        text(m.getMessage()),
        Optional.ofNullable(m.getDetail()),
        Optional.ofNullable(m.getHint()),
        m.getPosition(),
        m.getInternalPosition(),
        Optional.ofNullable(m.getInternalQuery()),
        Optional.ofNullable(m.getWhere()),
        Optional.ofNullable(m.getSchema()),
        Optional.ofNullable(m.getTable()),
        Optional.ofNullable(m.getColumn()),
        Optional.ofNullable(m.getConstraint()),
        Optional.ofNullable(m.getDatatype()),
        Optional.ofNullable(m.getRoutine()));
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
