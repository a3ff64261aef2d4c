package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;

/**
 * A place where a statement names a relation.
 *
 * @param alias what the statement calls it elsewhere, if it says so
 * @param written whether it is the target of an INSERT, which reads no row of it
 */
record Mention(QualifiedName relation, Optional<String> alias, boolean written) {

  /** Whether a qualifier in front of a column means it. */
  boolean isMeantBy(String qualifier) {
    return alias.orElse(relation.name()).equals(qualifier);
  }
}
