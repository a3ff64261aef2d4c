package dev.confiture.preflight.source;

import java.util.List;

/**
 * A schema as pg_dump read it from production.
 *
 * @param schema the text to restore, with the roles before and the rows of small tables behind it
 * @param programVersion the version of pg_dump
 * @param millis how long it ran, in milliseconds
 * @param warnings what the reader should know of it, a sentence each
 */
public record Dump(SchemaText schema, String programVersion, long millis, List<String> warnings) {
  public Dump {
    warnings = List.copyOf(warnings);
  }
}
