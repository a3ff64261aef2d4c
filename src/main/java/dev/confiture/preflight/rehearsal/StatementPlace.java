package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;
import java.util.Optional;

/**
 * A statement and its number in the file.
 *
 * @param number from 1
 * @param total the number of the file's statements
 * @param statement its text and offsets
 * @param action for ALTER TABLE, which of its actions
 */
public record StatementPlace(
    int number, int total, Statement statement, Optional<ActionPlace> action) {

  /** Returns the statement as the file has it. */
  public String text() {
    return statement.text();
  }

  /** An action of an ALTER TABLE with several: its number, from 1, their total, and its text. */
  public record ActionPlace(int number, int total, String text) {}
}
