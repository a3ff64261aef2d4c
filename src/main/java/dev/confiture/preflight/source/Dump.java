package dev.confiture.preflight.source;

import java.util.List;

/**
 * A schema that pg_dump read from production.
 *
 * @param schema the text to restore: roles and settings, the schema, rows of the data tables
 * @param programVersion the version of pg_dump
 * @param millis how long pg_dump ran, in milliseconds
 * @param warnings what a user should know of the dump, a sentence each
 */
public record Dump(SchemaText schema, String programVersion, long millis, List<String> warnings) {
  public Dump {
    warnings = List.copyOf(warnings);
  }
}
