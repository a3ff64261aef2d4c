package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/** A condition that a tool checks in the database before it runs a file. */
public interface Precondition {

  /** Returns its name in the tool's errors: {@code TableExists(public.users)}. */
  String name();

  /** Returns the query by which the tool asks: one row with one value. */
  String question();

  /**
   * Returns the tool's sentence for an answer that does not meet it; empty for one that does.
   *
   * @param answer the value of the row; empty without a row or for NULL
   */
  Optional<String> unmet(Optional<String> answer);

  /** Returns what its answer depends on. */
  DecidedBy decidedBy();

  /** A kind of thing that an answer depends on. */
  sealed interface DecidedBy {

    /**
     * The catalog, which a restored schema has.
     *
     * @param exists true for objects that must exist, false for objects that must not
     * @param objects the object that is asked for, and those that it is a part of
     */
    record Catalog(boolean exists, List<DatabaseObject> objects) implements DecidedBy {
      public Catalog {
        objects = List.copyOf(objects);
      }
    }

    /**
     * The rows of a table, which a restored schema has only where they were restored with it.
     *
     * @param description what holds when it is met
     */
    record Rows(QualifiedName table, String description) implements DecidedBy {}

    /**
     * A query of the team's own: it is executed for its errors, and its answer may depend on rows
     * and on the server.
     *
     * @param description what holds when it is met
     * @param hasParameters true for one with placeholders, which cannot be sent as it is
     */
    record Query(String description, boolean hasParameters) implements DecidedBy {}

    /**
     * Code that is not executed here.
     *
     * @param reason why it is not decided, as the end of a sentence
     */
    record Code(String reason) implements DecidedBy {}
  }

  /**
   * A declared precondition.
   *
   * @param place the place that declares it; empty where that is not known
   */
  record Declared(Precondition precondition, Optional<FilePlace> place) {}
}
