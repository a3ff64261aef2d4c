package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer;
import java.util.Optional;

/** Words and source of a failure for which the session ended. */
final class LostSession {

  private LostSession() {}

  /** Returns who ended it: the driver, or the backend. */
  static Failure.Source source(Answer.Lost lost) {
    return lost.endedByDriver() ? Failure.Source.UNSUPPORTED : Failure.Source.BACKEND;
  }

  /** The server's last word, or ours. */
  static ServerError error(Answer.Lost lost) {
    if (lost.endedByDriver()) {
      return ServerError.of(
          "",
          "the driver of the rehearsal cannot stay in a session with this setting: "
              + lost.reason(),
          Optional.empty());
    }
    return lost.error().orElseGet(() -> error(lost.reason()));
  }

  static ServerError error(String reason) {
    return ServerError.of(
        SqlState.CONNECTION_FAILURE,
        "the connection to the server was lost: " + reason,
        Optional.empty());
  }
}
