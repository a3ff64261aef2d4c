package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer;
import java.util.Optional;

/** Makes the error and the source of the failure that ended a session. */
final class LostSession {

  private LostSession() {}

  /** Returns which party ended the session: the driver, or the backend. */
  static Failure.Source source(Answer.Lost lost) {
    return lost.endedByDriver() ? Failure.Source.UNSUPPORTED : Failure.Source.BACKEND;
  }

  /** Returns the server's last error, or one that says that the session ended. */
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
