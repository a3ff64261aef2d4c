package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Script;

/** What was read from a migration file. */
public sealed interface MigrationText {

  /** Text that was split into its statements. */
  record Sql(Script script) implements MigrationText {}

  /**
   * A file that cannot be read as text: a failed migration, not the end of the run.
   *
   * @param position where reading failed
   * @param reason why, as a sentence
   */
  record Unreadable(Position position, String reason) implements MigrationText {}
}
