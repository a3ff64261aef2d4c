package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;

/**
 * A relation as it stands in the clone.
 *
 * @param kind table, view, index, sequence, materialized view, foreign table
 * @param columns their names in order
 * @param ancestors the tables that it is a partition of or inherits from, at any distance
 */
public record RelationFacts(
    QualifiedName name,
    String kind,
    String owner,
    List<String> columns,
    List<QualifiedName> ancestors) {

  public RelationFacts {
    columns = List.copyOf(columns);
    ancestors = List.copyOf(ancestors);
  }
}
