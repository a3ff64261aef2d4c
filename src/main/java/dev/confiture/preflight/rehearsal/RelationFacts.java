package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;

/**
 * A relation as it stands in the clone.
 *
 * @param kind table, view, index, sequence, materialized view, foreign table
 * @param columns their names in order
 */
public record RelationFacts(QualifiedName name, String kind, String owner, List<String> columns) {

  public RelationFacts {
    columns = List.copyOf(columns);
  }
}
