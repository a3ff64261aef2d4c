package dev.confiture.preflight.migrations;

import java.util.Map;

/**
 * A precondition that a Python file declares.
 *
 * @param type the name of its class, for example {@code TableExists}
 * @param fields its arguments by name; none for a class that the file makes itself
 */
public record RecordedPrecondition(String type, Map<String, String> fields) {

  public RecordedPrecondition {
    fields = Map.copyOf(fields);
  }
}
