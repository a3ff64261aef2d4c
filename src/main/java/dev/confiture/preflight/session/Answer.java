package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import java.util.List;
import java.util.Optional;

/** The server's answer to one message. */
public sealed interface Answer {

  /**
   * The server executed the message.
   *
   * @param notices the notices and warnings that it sent meanwhile, in their order
   */
  record Completed(List<Notice> notices) implements Answer {
    public Completed {
      notices = List.copyOf(notices);
    }
  }

  /**
   * The server refused the message; the session lives on.
   *
   * @param completed how many statements of the message the server had completed before
   */
  record Refused(ServerError error, int completed) implements Answer {

    /** Makes a refusal that came before any statement was completed. */
    public Refused(ServerError error) {
      this(error, 0);
    }
  }

  /**
   * The session is gone.
   *
   * @param reason the driver's message
   * @param error the last error that the server sent, if any (57P01 when the backend was
   *     terminated)
   * @param endedByDriver true if the driver ended the session and not the server: pgjdbc leaves a
   *     session whose {@code DateStyle} or {@code client_encoding} it cannot read
   * @param completed how many statements of the message the server had completed before
   */
  record Lost(String reason, Optional<ServerError> error, boolean endedByDriver, int completed)
      implements Answer {

    /** Makes one without a last error of the server's. */
    public Lost(String reason) {
      this(reason, Optional.empty(), false, 0);
    }
  }

  /**
   * A notice or warning of the server.
   *
   * @param severity in the server's language, for example WARNING
   */
  record Notice(String severity, String sqlState, String message) {}
}
