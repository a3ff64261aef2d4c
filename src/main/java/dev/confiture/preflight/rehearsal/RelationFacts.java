package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;

/**
 * A relation as it stands in the clone.
 *
 * @param kind table, view, index, sequence, materialized view, foreign table
 * @param columns in their order
 * @param ancestors the tables that it is a partition of or inherits from, at any distance
 */
public record RelationFacts(
    QualifiedName name,
    String kind,
    String owner,
    List<Column> columns,
    List<QualifiedName> ancestors) {

  public RelationFacts {
    columns = List.copyOf(columns);
    ancestors = List.copyOf(ancestors);
  }

  /**
   * A column.
   *
   * @param type as {@code format_type} writes it: {@code character varying(40)}
   */
  public record Column(String name, String type) {}

  /** Returns the names of the columns. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
