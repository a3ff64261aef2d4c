package dev.confiture.preflight.session;

import dev.confiture.preflight.postgres.ServerError;
import java.util.List;
import java.util.Optional;

/** What the server answered to one message. */
public sealed interface Answer {

  /**
   * It was executed.
   *
   * @param notices warnings and notices that came with it
   */
  record Completed(List<Notice> notices) implements Answer {
    public Completed {
      notices = List.copyOf(notices);
    }
  }

  /**
   * The server refused it; the session lives on.
   *
   * @param completed how many statements of the message the server had completed before
   */
  record Refused(ServerError error, int completed) implements Answer {

    /** Refused before a statement was completed. */
    public Refused(ServerError error) {
      this(error, 0);
    }
  }

  /**
   * The session is gone.
   *
   * @param reason what the driver saw
   * @param error the server's last word, where it sent one (57P01 when the backend was terminated)
   * @param endedByDriver whether the driver ended it, and not the server: pgjdbc leaves a session
   *     whose {@code DateStyle} or {@code client_encoding} it cannot read
   * @param completed how many statements of the message the server had completed before
   */
  record Lost(String reason, Optional<ServerError> error, boolean endedByDriver, int completed)
      implements Answer {

    /** Without a last word of the server's. */
    public Lost(String reason) {
      this(reason, Optional.empty(), false, 0);
    }
  }
}
