package dev.confiture.preflight.seed;

import java.util.List;

/**
 * The result of a restore.
 *
 * @param gaps the parts of the schema that the sandbox lacks
 * @param stubRoles the roles that were made because the schema names them
 * @param statements the number of the schema's statements
 * @param tables the number of its CREATE TABLE statements
 * @param millis how long the restore took, in milliseconds
 * @param notes the parts left out on purpose, and how to get what is missing, a sentence each
 */
public record RestoredSchema(
    List<RestoreGap> gaps,
    List<String> stubRoles,
    int statements,
    int tables,
    long millis,
    List<String> notes) {

  public RestoredSchema {
    gaps = List.copyOf(gaps);
    stubRoles = List.copyOf(stubRoles);
    notes = List.copyOf(notes);
  }
}
