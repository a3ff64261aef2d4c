package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.sql.Statement;
import java.util.Optional;

/**
 * Which statement of a file.
 *
 * @param number from 1
 * @param total how many the file has
 * @param statement its text and offsets
 * @param action for ALTER TABLE, which of its actions
 */
public record StatementPlace(
    int number, int total, Statement statement, Optional<ActionPlace> action) {

  /** Returns the statement as the file has it. */
  public String text() {
    return statement.text();
  }

  /** Which action of a multi-action ALTER TABLE, from 1, of how many, and its text. */
  public record ActionPlace(int number, int total, String text) {}
}
