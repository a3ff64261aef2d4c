package dev.confiture.preflight.session;

import java.util.List;
import java.util.Optional;

/**
 * A row of a query, as text.
 *
 * @param values the columns in order; empty for NULL
 */
public record Row(List<Optional<String>> values) {

  public Row {
    values = List.copyOf(values);
  }

  /** Returns a column (from 0), an empty text for NULL. */
  public String text(int column) {
    return values.get(column).orElse("");
  }

  /** Returns a column (from 0), empty for NULL. */
  public Optional<String> optional(int column) {
    return values.get(column);
  }

  /** Returns true if a column (from 0) is the boolean true. */
  public boolean isTrue(int column) {
    return text(column).equals("t");
  }

  /** Returns a column (from 0) as a number, 0 for NULL. */
  public int number(int column) {
    return optional(column).map(Integer::parseInt).orElse(0);
  }
}
