package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import java.net.UnknownHostException;
import java.util.Optional;

/** A connection that could not be opened, or a query of the engine's own that failed on it. */
public final class SessionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<ServerError> error;

  SessionException(String message, Optional<ServerError> error, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** Returns the server's error, if the server answered at all. */
  public Optional<ServerError> error() {
    return error;
  }

  /** Returns true if the server refused with this SQLSTATE. */
  public boolean is(String sqlState) {
    return error.filter(e -> e.is(sqlState)).isPresent();
  }

  /** Returns the message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** Returns what a user can try when this is the failure of a connection. */
  public String connectionHint() {
    if (isUnknownHost()) {
      return "check the host's name: that of a service container is its label in the workflow";
    }
    if (text().contains("no password was provided")) {
      return "give the password: in the URL, by PGPASSWORD, or in the Action by source_password";
    }
    if (text().contains("statement pooling")) {
      return "name the server itself, or a pool that keeps a connection for a transaction";
    }
    return switch (error.map(ServerError::sqlState).orElse("")) {
      case "28P01", "28000" -> "check user and password of the URL, and the server's pg_hba.conf";
      case "3D000" -> "create the database, or name one that exists";
      case "53300" -> "wait until the server has a connection to spare";
      default ->
          "check host and port of the URL, and that the server is up and reachable from here";
    };
  }

  private boolean isUnknownHost() {
    for (Throwable each = this; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
