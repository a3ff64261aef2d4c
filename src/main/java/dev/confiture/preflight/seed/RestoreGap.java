package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Position;
import java.util.List;

/**
 * Something of the schema that the sandbox cannot provide.
 *
 * @param reason for people, for example {@code extension postgis is not installed here}
 * @param error what the server said to the first statement
 * @param position of that statement in the schema file
 * @param statement its first line
 * @param lost what could not be made because of it, also by consequence
 */
public record RestoreGap(
    String reason, ServerError error, Position position, String statement, List<LostObject> lost) {

  public RestoreGap {
    lost = List.copyOf(lost);
  }
}
