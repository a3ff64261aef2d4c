package dev.confiture.preflight.migrations;

import java.util.List;

/**
 * What a tool makes of a file's text.
 *
 * @param refusals what it refuses, and what cannot be rehearsed
 * @param notes what else a reader should know, a sentence each
 */
public record ReadText(MigrationText.Sql text, List<Refusal> refusals, List<String> notes) {

  public ReadText {
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }
}
