package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A precondition of confiture's, in its own words and asked by its own query.
 *
 * <p>Most views of {@code information_schema} show only what the role owns or has a right on (<a
 * href="https://www.postgresql.org/docs/current/information-schema.html">information schema</a>):
 * that is part of the question, since a deployment asks as the same role.
 */
sealed interface Demand extends Precondition {

  /**
   * An object that must exist, or must not.
   *
   * @param name with the object, as confiture writes it
   * @param subject the object, as a sentence begins with it
   * @param view the view of the catalog that shows it
   * @param conditions the columns of the view that say which object is meant
   * @param objects the object, and those that it is a part of
   */
  record Existence(
      boolean exists,
      String name,
      String subject,
      String view,
      Map<String, String> conditions,
      List<DatabaseObject> objects)
      implements Demand {
    public Existence {
      conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
      objects = List.copyOf(objects);
    }

    private static Existence of(
        String kind,
        boolean exists,
        String path,
        String subject,
        String view,
        Map<String, String> conditions,
        DatabaseObject... objects) {
      String name = kind + (exists ? "Exists(" : "NotExists(") + path + ")";
      return new Existence(exists, name, subject, view, conditions, List.of(objects));
    }

    @Override
    public String question() {
      return existence(exists, view, conditions);
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      return isTrue(answer)
          ? Optional.empty()
          : Optional.of(subject + (exists ? " exists" : " does not exist"));
    }

    @Override
    public DecidedBy decidedBy() {
      return new DecidedBy.Catalog(exists, objects);
    }
  }

  /** Demands a table, view or foreign table, or that there is none. */
  static Demand table(boolean exists, QualifiedName table) {
    return Existence.of(
        "Table",
        exists,
        table.toString(),
        "Table " + table,
        "information_schema.tables",
        ofTable(table),
        relation(table));
  }

  /** Demands a column of a table or view, or that there is none. */
  static Demand column(boolean exists, QualifiedName table, String column) {
    String path = table + "." + column;
    return Existence.of(
        "Column",
        exists,
        path,
        "Column " + path,
        "information_schema.columns",
        ofTable(table, "column_name", column),
        part(ObjectKind.COLUMN, column, table),
        relation(table));
  }

  /** Demands a named constraint of a table, or that there is none. */
  static Demand constraint(boolean exists, QualifiedName table, String constraint) {
    return Existence.of(
        "Constraint",
        exists,
        table + "." + constraint,
        "Constraint " + constraint + " on " + table,
        "information_schema.table_constraints",
        ofTable(table, "constraint_name", constraint),
        part(ObjectKind.CONSTRAINT, constraint, table),
        relation(table));
  }

  /** Demands a named index of a table, whose schema it is in, or that there is none. */
  static Demand index(boolean exists, QualifiedName table, String index) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("schemaname", table.schema().orElse(""));
    conditions.put("tablename", table.name());
    conditions.put("indexname", index);
    return Existence.of(
        "Index",
        exists,
        table + "." + index,
        "Index " + index + " on " + table,
        "pg_indexes",
        conditions,
        relation(new QualifiedName(table.schema(), index)),
        relation(table));
  }

  /** Demands a schema, or that there is none. */
  static Demand schema(boolean exists, String schema) {
    return Existence.of(
        "Schema",
        exists,
        schema,
        "Schema " + schema,
        "information_schema.schemata",
        Map.of("schema_name", schema),
        DatabaseObject.of(ObjectKind.SCHEMA, QualifiedName.of(schema)));
  }

  /** The type of a column, as {@code information_schema} words it, or short. */
  record ColumnType(QualifiedName table, String column, String type) implements Demand {

    /** The short names of types that confiture takes for those of {@code information_schema}. */
    private static final Map<String, String> LONG_NAMES =
        Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("serial", "integer"),
            Map.entry("bigserial", "bigint"),
            Map.entry("varchar", "character varying"),
            Map.entry("char", "character"),
            Map.entry("bool", "boolean"),
            Map.entry("float", "double precision"),
            Map.entry("float8", "double precision"),
            Map.entry("float4", "real"));

    @Override
    public String name() {
      return "ColumnType(" + table + "." + column + "=" + type + ")";
    }

    @Override
    public String question() {
      return "SELECT data_type FROM information_schema.columns WHERE "
          + where(ofTable(table, "column_name", column));
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      String subject = "Column " + table + "." + column;
      if (answer.isEmpty()) {
        return Optional.of(subject + " not found");
      }
      return isDemanded(answer.get())
          ? Optional.empty()
          : Optional.of(subject + " type is " + type + " (actual: " + answer.get() + ")");
    }

    /** Returns true if the type's name begins with the one demanded. */
    private boolean isDemanded(String actual) {
      String wanted = type.toLowerCase(Locale.ROOT);
      String is = actual.toLowerCase(Locale.ROOT);
      return is.equals(LONG_NAMES.getOrDefault(wanted, wanted)) || is.startsWith(wanted);
    }

    @Override
    public DecidedBy decidedBy() {
      return new DecidedBy.Catalog(
          true,
          List.of(
              part(ObjectKind.COLUMN_TYPE, column, table),
              part(ObjectKind.COLUMN, column, table),
              relation(table)));
    }
  }

  /** A foreign key from a column to a column, whatever its name. */
  record ForeignKey(
      QualifiedName table, String column, QualifiedName referencedTable, String referencedColumn)
      implements Demand {

    @Override
    public String name() {
      return "ForeignKeyExists(" + arrow() + ")";
    }

    @Override
    public String question() {
      Map<String, String> conditions = new LinkedHashMap<>();
      conditions.put("own.table_schema", table.schema().orElse(""));
      conditions.put("own.table_name", table.name());
      conditions.put("own.column_name", column);
      conditions.put("other.table_schema", referencedTable.schema().orElse(""));
      conditions.put("other.table_name", referencedTable.name());
      conditions.put("other.column_name", referencedColumn);
      return existence(
          true,
          "information_schema.key_column_usage own"
              + " JOIN information_schema.referential_constraints r"
              + " ON own.constraint_name = r.constraint_name"
              + " AND own.constraint_schema = r.constraint_schema"
              + " JOIN information_schema.key_column_usage other"
              + " ON r.unique_constraint_name = other.constraint_name"
              + " AND r.unique_constraint_schema = other.constraint_schema",
          conditions);
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      return isTrue(answer) ? Optional.empty() : Optional.of("FK " + arrow());
    }

    @Override
    public DecidedBy decidedBy() {
      return new DecidedBy.Catalog(
          true,
          List.of(
              part(ObjectKind.FOREIGN_KEY, "", table),
              part(ObjectKind.COLUMN, column, table),
              relation(table)));
    }

    private String arrow() {
      return table + "." + column + " -> " + referencedTable + "." + referencedColumn;
    }
  }

  /** The number of rows of a table. */
  record RowCount(QualifiedName table, RowTest test) implements Demand {

    @Override
    public String name() {
      return switch (test) {
        case RowTest.Equal(long rows) -> "RowCountEquals(" + table + "=" + rows + ")";
        case RowTest.More(long than) -> "RowCountGreaterThan(" + table + ">" + than + ")";
        case RowTest.None _ -> "TableIsEmpty(" + table + ")";
      };
    }

    private String description() {
      return switch (test) {
        case RowTest.Equal(long rows) -> "Table " + table + " has " + rows + " rows";
        case RowTest.More(long than) -> "Table " + table + " has > " + than + " rows";
        case RowTest.None _ -> "Table " + table + " is empty";
      };
    }

    @Override
    public String question() {
      return "SELECT COUNT(*) FROM " + Identifiers.quote(table);
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      long actual = Long.parseLong(answer.orElse("0"));
      return test.holds(actual)
          ? Optional.empty()
          : Optional.of(
              description()
                  + (test instanceof RowTest.None ? " (rows: " : " (actual: ")
                  + actual
                  + ")");
    }

    @Override
    public DecidedBy decidedBy() {
      return new DecidedBy.Rows(table, description());
    }
  }

  /** A comparison of a number of rows. */
  sealed interface RowTest {

    /** Exactly this number of rows. */
    record Equal(long rows) implements RowTest {}

    /** More than this number of rows. */
    record More(long than) implements RowTest {}

    /** No row. */
    record None() implements RowTest {}

    /** Returns true for a number that passes. */
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
   * @param hasParameters true if it has placeholders, with values given beside it
   */
  record CustomSql(String question, String description, boolean hasParameters) implements Demand {

    @Override
    public String name() {
      return "CustomSQL(" + description + ")";
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      return isTrue(answer) ? Optional.empty() : Optional.of(description);
    }

    @Override
    public DecidedBy decidedBy() {
      return new DecidedBy.Query(description, hasParameters);
    }
  }

  /**
   * A precondition whose class a Python file defines itself.
   *
   * @param name the name of the class
   */
  record OwnClass(String name) implements Demand {

    @Override
    public String question() {
      return "";
    }

    @Override
    public Optional<String> unmet(Optional<String> answer) {
      return Optional.empty();
    }

    @Override
    public DecidedBy decidedBy() {
      return new DecidedBy.Code("only the file itself could ask it");
    }
  }

  private static boolean isTrue(Optional<String> answer) {
    return answer.filter("t"::equals).isPresent();
  }

  private static DatabaseObject relation(QualifiedName name) {
    return DatabaseObject.of(ObjectKind.RELATION, name);
  }

  private static DatabaseObject part(ObjectKind kind, String name, QualifiedName table) {
    return DatabaseObject.of(kind, name, table);
  }

  private static String existence(boolean exists, String from, Map<String, String> conditions) {
    return "SELECT "
        + (exists ? "" : "NOT ")
        + "EXISTS (SELECT 1 FROM "
        + from
        + " WHERE "
        + where(conditions)
        + ")";
  }

  private static Map<String, String> ofTable(QualifiedName table) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("table_schema", table.schema().orElse(""));
    conditions.put("table_name", table.name());
    return conditions;
  }

  private static Map<String, String> ofTable(QualifiedName table, String column, String value) {
    Map<String, String> conditions = ofTable(table);
    conditions.put(column, value);
    return conditions;
  }

  private static String where(Map<String, String> conditions) {
    return conditions.entrySet().stream()
        .map(condition -> condition.getKey() + " = " + Identifiers.literal(condition.getValue()))
        .collect(Collectors.joining(" AND "));
  }
}
