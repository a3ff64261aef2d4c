package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import java.util.Optional;

/** A connection could not be opened, or a query of our own failed on it. */
public final class SessionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<ServerError> error;

  SessionException(String message, Optional<ServerError> error, Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /** What the server said, where it answered at all. */
  public Optional<ServerError> error() {
    return error;
  }

  /** Whether the server refused with this code. */
  public boolean is(String sqlState) {
    return error.filter(e -> e.is(sqlState)).isPresent();
  }

  /** The message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
