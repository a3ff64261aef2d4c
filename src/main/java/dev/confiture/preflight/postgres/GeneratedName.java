package dev.confiture.preflight.postgres;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes the name that PostgreSQL gives to a constraint, index or sequence without one: {@code
 * table_column_label}, with the longer of the first two parts cut where it gets too long ({@code
 * makeObjectName} in its source). Where that name is taken it adds a number, which is not foreseen.
 */
public final class GeneratedName {

  private GeneratedName() {}

  /** Returns the name for these columns of a table, {@code table_label} for none. */
  public static String of(String table, List<String> columns, String label) {
    String joined = String.join("_", columns);
    int room = Identifiers.LONGEST - label.length() - 1 - (joined.isEmpty() ? 0 : 1);
    int first = bytes(table);
    int second = bytes(joined);
    while (first + second > room) {
      if (first > second) {
        first--;
      } else {
        second--;
      }
    }
    String start = Identifiers.cut(table, first);
    return joined.isEmpty()
        ? start + "_" + label
        : start + "_" + Identifiers.cut(joined, second) + "_" + label;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
