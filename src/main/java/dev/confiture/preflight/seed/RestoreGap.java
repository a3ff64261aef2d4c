package dev.confiture.preflight.seed;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.sql.Position;
import java.util.List;

/**
 * A part of production's schema that the sandbox lacks.
 *
 * @param reason the cause, for people: {@code extension postgis is not installed here}
 * @param error the server's error for the first statement that it refused
 * @param position the place of that statement in the schema file
 * @param statement the statement's first line
 * @param lost the objects that were not made, also those that need one that was not made
 */
public record RestoreGap(
    String reason, ServerError error, Position position, String statement, List<LostObject> lost) {

  public RestoreGap {
    lost = List.copyOf(lost);
  }
}
