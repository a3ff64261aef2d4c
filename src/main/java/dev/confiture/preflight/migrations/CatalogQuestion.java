package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The query by which confiture asks the catalog about a precondition.
 *
 * <p>Most views of {@code information_schema} show only what the role owns or has a right on
 * (manual, 37): that is part of the question, since a deployment asks as the same role.
 */
public final class CatalogQuestion {

  private static final String SCHEMA = "table_schema";
  private static final String TABLE = "table_name";

  private CatalogQuestion() {}

  /** One row with one value, or none: for {@link Precondition.OfCatalog#unmet}. */
  public static String of(Precondition.OfCatalog precondition) {
    return switch (precondition) {
      case Precondition.Table(boolean exists, QualifiedName table) ->
          existence(exists, "information_schema.tables", conditions(table));
      case Precondition.Column(boolean exists, QualifiedName table, String column) ->
          existence(
              exists, "information_schema.columns", with(conditions(table), "column_name", column));
      case Precondition.ColumnType(QualifiedName table, String column, _) ->
          "SELECT data_type FROM information_schema.columns WHERE "
              + where(with(conditions(table), "column_name", column));
      case Precondition.Constraint(boolean exists, QualifiedName table, String constraint) ->
          existence(
              exists,
              "information_schema.table_constraints",
              with(conditions(table), "constraint_name", constraint));
      case Precondition.Index(boolean exists, QualifiedName table, String index) -> {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("schemaname", table.schema().orElse(""));
        conditions.put("tablename", table.name());
        conditions.put("indexname", index);
        yield existence(exists, "pg_indexes", conditions);
      }
      case Precondition.Schema(boolean exists, String schema) ->
          existence(exists, "information_schema.schemata", Map.of("schema_name", schema));
      case Precondition.ForeignKey key -> foreignKey(key);
    };
  }

  private static String foreignKey(Precondition.ForeignKey key) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("own.table_schema", key.table().schema().orElse(""));
    conditions.put("own.table_name", key.table().name());
    conditions.put("own.column_name", key.column());
    conditions.put("other.table_schema", key.referencedTable().schema().orElse(""));
    conditions.put("other.table_name", key.referencedTable().name());
    conditions.put("other.column_name", key.referencedColumn());
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

  private static String existence(boolean exists, String from, Map<String, String> conditions) {
    return "SELECT "
        + (exists ? "" : "NOT ")
        + "EXISTS (SELECT 1 FROM "
        + from
        + " WHERE "
        + where(conditions)
        + ")";
  }

  private static Map<String, String> conditions(QualifiedName table) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put(SCHEMA, table.schema().orElse(""));
    conditions.put(TABLE, table.name());
    return conditions;
  }

  private static Map<String, String> with(
      Map<String, String> conditions, String column, String value) {
    conditions.put(column, value);
    return conditions;
  }

  private static String where(Map<String, String> conditions) {
    return conditions.entrySet().stream()
        .map(condition -> condition.getKey() + " = " + Identifiers.literal(condition.getValue()))
        .collect(Collectors.joining(" AND "));
  }
}
