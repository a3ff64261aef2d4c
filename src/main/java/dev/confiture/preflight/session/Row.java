package dev.confiture.preflight.session;

import java.util.List;
import java.util.Optional;

/**
 * A row of a query of our own, as text.
 *
 * @param values the columns in order; empty for NULL
 */
public record Row(List<Optional<String>> values) {

  public Row {
    values = List.copyOf(values);
  }

  /** The column (from 0), or the empty text for NULL. */
  public String text(int column) {
    return values.get(column).orElse("");
  }

  /** The column (from 0). */
  public Optional<String> optional(int column) {
    return values.get(column);
  }

  /** Whether the column (from 0) is true. */
  public boolean isTrue(int column) {
    return text(column).equals("t");
  }

  /** The column (from 0) as a number, 0 for NULL. */
  public int number(int column) {
    return optional(column).map(Integer::parseInt).orElse(0);
  }
}
