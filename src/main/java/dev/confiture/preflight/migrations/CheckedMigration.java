package dev.confiture.preflight.migrations;

import dev.confiture.preflight.sql.NonTransactional;
import dev.confiture.preflight.sql.Position;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a migration's files that need no database.
 *
 * @param file the file
 * @param hasDown true if it can be undone, as far as that can be seen: a down file is neither read
 *     nor executed
 * @param nonTransactionalStatements the statements that refuse a transaction block, in the order of
 *     the text
 * @param checksum SHA-256 of the file's bytes; empty where they cannot be read
 * @param loadError the place and reason for which its text cannot be read, if so
 */
public record CheckedMigration(
    MigrationFile file,
    boolean hasDown,
    List<String> nonTransactionalStatements,
    Optional<String> checksum,
    Optional<String> loadError) {

  /** The length of a checksum in a message. */
  private static final int SHOWN = 12;

  public CheckedMigration {
    nonTransactionalStatements = List.copyOf(nonTransactionalStatements);
  }

  /** Returns what a migration tells; one that cannot be read is checked as far as that goes. */
  static CheckedMigration of(Migration migration) {
    return new CheckedMigration(
        migration.file(),
        migration.reversible(),
        switch (migration.text()) {
          case MigrationText.Sql sql -> NonTransactional.in(sql.script().statements());
          // Python is not analysed: its class says whether it wants a transaction.
          case MigrationText.Python _, MigrationText.Recorded _, MigrationText.Unreadable _ ->
              List.of();
        },
        migration.checksum(),
        migration.text() instanceof MigrationText.Unreadable(Position at, String reason)
            ? Optional.of(
                migration.file().path() + ":" + at.line() + ":" + at.column() + ": " + reason)
            : Optional.empty());
  }

  /** Returns the file's name. */
  public String fileName() {
    return String.valueOf(file.path().getFileName());
  }

  /** Returns true if it can be undone. */
  public boolean reversible() {
    return hasDown;
  }

  /** Returns true if all of it runs in a transaction; false for a text that cannot be read. */
  public boolean fullyTransactional() {
    return nonTransactionalStatements.isEmpty() && loadError.isEmpty();
  }

  /** Returns confiture's sentence for a file that is not the one whose checksum was recorded. */
  Optional<String> mismatch(String recorded) {
    return checksum
        .filter(actual -> !actual.equalsIgnoreCase(recorded))
        .map(
            actual ->
                file.title()
                    + ": expected "
                    + shown(recorded)
                    + "..., got "
                    + shown(actual)
                    + "...");
  }

  private static String shown(String checksum) {
    return checksum.substring(0, Math.min(SHOWN, checksum.length()));
  }
}
