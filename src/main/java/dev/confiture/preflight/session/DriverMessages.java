package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer.Notice;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Translates the driver's exceptions and warnings into the server's errors and notices. */
final class DriverMessages {

  /** More than anybody reads; a migration can make a server say gigabytes. */
  private static final int LONGEST = 64 << 10;

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

  /** Returns the text, empty for null. */
  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Optional<String> optional(@Nullable String value) {
    return Optional.ofNullable(value).map(DriverMessages::capped);
  }

  private static String capped(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
  }

  /** Returns the notice or warning that the server sent. */
  static Notice notice(SQLWarning warning) {
    Optional<ServerErrorMessage> message =
        warning instanceof PSQLWarning psql
            ? Optional.ofNullable(psql.getServerErrorMessage())
            : Optional.empty();
    return new Notice(
        message.map(ServerErrorMessage::getSeverity).orElse("WARNING"),
        text(warning.getSQLState()),
        capped(text(warning.getMessage())));
  }

  private static ServerError error(ServerErrorMessage m) {
    return new ServerError(
        text(m.getSQLState()),
        capped(text(m.getMessage())),
        optional(m.getDetail()),
        optional(m.getHint()),
        m.getPosition(),
        m.getInternalPosition(),
        optional(m.getInternalQuery()),
        optional(m.getWhere()),
        Optional.ofNullable(m.getSchema()),
        Optional.ofNullable(m.getTable()),
        Optional.ofNullable(m.getColumn()),
        Optional.ofNullable(m.getConstraint()),
        Optional.ofNullable(m.getDatatype()),
        Optional.ofNullable(m.getRoutine()));
  }
}
