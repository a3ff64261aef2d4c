package dev.confiture.preflight.session;

import java.util.List;

/**
 * What a query of the user's has found, as text.
 *
 * @param columns the names of its columns; none where the statement returns no rows
 * @param complete false where it found more than is read, and the rows are none
 */
public record QueryRows(List<String> columns, List<Row> rows, boolean complete) {

  /** Nothing: of a statement that returns no rows. */
  public static final QueryRows NONE = new QueryRows(List.of(), List.of(), true);

  public QueryRows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
