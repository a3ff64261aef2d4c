package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Optional;

/** What a sidecar demands of the database before its migration runs, in confiture's own words. */
public sealed interface Precondition {

  /** As confiture's errors name it: {@code TableExists(public.users)}. */
  String name();

  /** One that the catalog answers. */
  sealed interface OfCatalog extends Precondition {

    /**
     * What is not as demanded.
     *
     * @param answer the first value of the answer to {@link CatalogQuestion}, if there is one
     * @return the tool's sentence, or nothing when the precondition is met
     */
    Optional<String> unmet(Optional<String> answer);
  }

  /** One that asks whether an object exists. */
  sealed interface Existence extends OfCatalog {

    /** Whether it should. */
    boolean exists();

    /** What it is about, as a sentence begins with it. */
    String subject();

    @Override
    default Optional<String> unmet(Optional<String> answer) {
      return answer.filter("t"::equals).isPresent()
          ? Optional.empty()
          : Optional.of(subject() + (exists() ? " exists" : " does not exist"));
    }
  }

  /** One whose answer is in the rows, not in the schema. */
  sealed interface OfData extends Precondition {

    /** What holds when it is met. */
    String description();
  }

  /** A table, view or foreign table. */
  record Table(boolean exists, QualifiedName table) implements Existence {

    @Override
    public String name() {
      return "Table" + word(exists) + "(" + table + ")";
    }

    @Override
    public String subject() {
      return "Table " + table;
    }
  }

  /** A column of a table or view. */
  record Column(boolean exists, QualifiedName table, String column) implements Existence {

    @Override
    public String name() {
      return "Column" + word(exists) + "(" + table + "." + column + ")";
    }

    @Override
    public String subject() {
      return "Column " + table + "." + column;
    }
  }

  /** The type of a column, as {@code information_schema} words it, or short. */
  record ColumnType(QualifiedName table, String column, String type) implements OfCatalog {

    @Override
    public String name() {
      return "ColumnType(" + table + "." + column + "=" + type + ")";
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      String subject = "Column " + table + "." + column;
      if (answer.isEmpty()) {
        return Optional.of(subject + " not found");
      }
      return TypeNames.isMeant(type, answer.get())
          ? Optional.empty()
          : Optional.of(subject + " type is " + type + " (actual: " + answer.get() + ")");
    }
  }

  /** A named constraint of a table. */
  record Constraint(boolean exists, QualifiedName table, String constraint) implements Existence {

    @Override
    public String name() {
      return "Constraint" + word(exists) + "(" + table + "." + constraint + ")";
    }

    @Override
    public String subject() {
      return "Constraint " + constraint + " on " + table;
    }
  }

  /** A foreign key from a column to a column, whatever its name. */
  record ForeignKey(
      QualifiedName table, String column, QualifiedName referencedTable, String referencedColumn)
      implements OfCatalog {

    @Override
    public String name() {
      return "ForeignKeyExists(" + arrow() + ")";
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      return answer.filter("t"::equals).isPresent()
          ? Optional.empty()
          : Optional.of("FK " + arrow());
    }

    private String arrow() {
      return table + "." + column + " -> " + referencedTable + "." + referencedColumn;
    }
  }

  /** A named index of a table. */
  record Index(boolean exists, QualifiedName table, String index) implements Existence {

    @Override
    public String name() {
      return "Index" + word(exists) + "(" + table + "." + index + ")";
    }

    @Override
    public String subject() {
      return "Index " + index + " on " + table;
    }
  }

  /** A schema. */
  record Schema(boolean exists, String schema) implements Existence {

    @Override
    public String name() {
      return "Schema" + word(exists) + "(" + schema + ")";
    }

    @Override
    public String subject() {
      return "Schema " + schema;
    }
  }

  /** The number of rows of a table. */
  record RowCount(QualifiedName table, RowTest test) implements OfData {

    @Override
    public String name() {
      return switch (test) {
        case RowTest.Equal(long rows) -> "RowCountEquals(" + table + "=" + rows + ")";
        case RowTest.More(long than) -> "RowCountGreaterThan(" + table + ">" + than + ")";
        case RowTest.None _ -> "TableIsEmpty(" + table + ")";
      };
    }

    @Override
    public String description() {
      return switch (test) {
        case RowTest.Equal(long rows) -> "Table " + table + " has " + rows + " rows";
        case RowTest.More(long than) -> "Table " + table + " has > " + than + " rows";
        case RowTest.None _ -> "Table " + table + " is empty";
      };
    }

    /** The tool's sentence about so many rows, or nothing when the precondition is met. */
    public Optional<String> unmet(long actual) {
      return test.holds(actual)
          ? Optional.empty()
          : Optional.of(
              description()
                  + (test instanceof RowTest.None ? " (rows: " : " (actual: ")
                  + actual
                  + ")");
    }
  }

  /** What a number of rows is compared with. */
  sealed interface RowTest {

    record Equal(long rows) implements RowTest {}

    record More(long than) implements RowTest {}

    record None() implements RowTest {}

    default boolean holds(long actual) {
      return switch (this) {
        case Equal(long rows) -> actual == rows;
        case More(long than) -> actual > than;
        case None _ -> actual == 0;
      };
    }
  }

  /**
   * A query of the team's own that should give true.
   *
   * @param hasParameters whether it has placeholders, with values given beside it
   */
  record CustomSql(String sql, String description, boolean hasParameters) implements OfData {

    @Override
    public String name() {
      return "CustomSQL(" + description + ")";
    }
  }

  private static String word(boolean exists) {
    return exists ? "Exists" : "NotExists";
  }
}
