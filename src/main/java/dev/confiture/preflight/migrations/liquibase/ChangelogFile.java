package dev.confiture.preflight.migrations.liquibase;

import dev.confiture.preflight.sql.Position;

/** A changelog in XML, YAML or JSON, or the reason why it cannot be read: a value. */
sealed interface ChangelogFile {

  /** The root of a changelog that could be read. */
  record Tree(ChangelogNode root) implements ChangelogFile {}

  /** A file that is no changelog: it may be anything else. */
  record Another() implements ChangelogFile {}

  /**
   * A changelog that cannot be read.
   *
   * @param position where reading ended
   * @param reason the reason, as a clause
   */
  record Broken(Position position, String reason) implements ChangelogFile {}
}
