package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer.Notice;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Translates the driver's exceptions and warnings into the server's errors and notices. */
final class DriverMessages {

  private DriverMessages() {}

  /** Returns the server's error, unless the exception is the driver's own. */
  static Optional<ServerError> serverError(SQLException thrown) {
    return thrown instanceof PSQLException psql
        ? Optional.ofNullable(psql.getServerErrorMessage()).map(DriverMessages::error)
        : Optional.empty();
  }

  /**
   * Returns true if the driver closed the session over a parameter that it cannot work with.
   *
   * <p>That is a connection failure without an error of the server's and without a network error as
   * its cause. The driver's message says so too, but in the language of this machine.
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

  /** Returns the notices and warnings of a message, in their order. */
  static List<Notice> notices(List<SQLWarning> warnings) {
    return warnings.stream().map(DriverMessages::notice).toList();
  }

  /** Returns the text, empty for null. */
  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Notice notice(SQLWarning warning) {
    Optional<ServerErrorMessage> message =
        warning instanceof PSQLWarning psql
            ? Optional.ofNullable(psql.getServerErrorMessage())
            : Optional.empty();
    return new Notice(
        message.map(ServerErrorMessage::getSeverity).orElse("WARNING"),
        text(warning.getSQLState()),
        text(warning.getMessage()));
  }

  private static ServerError error(ServerErrorMessage m) {
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
}
