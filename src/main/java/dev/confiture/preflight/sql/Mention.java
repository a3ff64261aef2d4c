package dev.confiture.preflight.sql;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;

/**
 * A place where a statement names a relation.
 *
 * @param alias what the statement calls it elsewhere, if it says so
 * @param read true if its rows are read: behind FROM, JOIN, USING, UPDATE or MERGE INTO
 */
record Mention(QualifiedName relation, Optional<String> alias, boolean read) {

  /** Returns true if a column's qualifier means this relation. */
  boolean isMeantBy(String qualifier) {
    return alias.orElse(relation.name()).equals(qualifier);
  }
}
