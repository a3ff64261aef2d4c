package dev.confiture.preflight.seed;

import java.util.List;

/**
 * A restored schema.
 *
 * @param gaps what of it the sandbox lacks
 * @param stubRoles roles that were made since the schema names them
 * @param statements how many the file has
 * @param tables how many tables it makes
 * @param millis how long restoring took, in milliseconds
 * @param notes what was left out on purpose, and how to get what is missing, a sentence each
 */
public record Seeded(
    List<RestoreGap> gaps,
    List<String> stubRoles,
    int statements,
    int tables,
    long millis,
    List<String> notes) {

  public Seeded {
    gaps = List.copyOf(gaps);
    stubRoles = List.copyOf(stubRoles);
    notes = List.copyOf(notes);
  }
}
