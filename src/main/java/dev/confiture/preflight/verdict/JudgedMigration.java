package dev.confiture.preflight.verdict;

import dev.confiture.preflight.rehearsal.RehearsedMigration;
import java.util.function.UnaryOperator;

/** A migration with its outcome. */
public record JudgedMigration(RehearsedMigration rehearsed, Outcome outcome) {

  /** Returns the migration with the engine's own reason for skipping it in other words. */
  public JudgedMigration worded(UnaryOperator<String> words) {
    return outcome instanceof Outcome.Skipped(String reason)
        ? new JudgedMigration(rehearsed, new Outcome.Skipped(words.apply(reason)))
        : this;
  }
}
