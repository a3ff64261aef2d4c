package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import java.util.Optional;

/** The server's answer to a question of the tool's own. */
sealed interface QueryResult {

  /**
   * An answer.
   *
   * @param value the first value of the first row, where there is one
   */
  record Value(Optional<String> value) implements QueryResult {}

  /** The server refused the question. */
  record Refused(ServerError error) implements QueryResult {}

  /** The session is gone. */
  record Lost(String reason) implements QueryResult {}
}
