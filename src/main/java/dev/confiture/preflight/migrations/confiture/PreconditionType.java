package dev.confiture.preflight.migrations.confiture;

import dev.confiture.preflight.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The types of precondition that a sidecar can name, with their fields. */
enum PreconditionType {
  TABLE_EXISTS("TableExists", fields -> Demand.table(true, fields.table())),
  TABLE_NOT_EXISTS("TableNotExists", fields -> Demand.table(false, fields.table())),
  COLUMN_EXISTS(
      "ColumnExists", fields -> Demand.column(true, fields.table(), fields.text("column"))),
  COLUMN_NOT_EXISTS(
      "ColumnNotExists", fields -> Demand.column(false, fields.table(), fields.text("column"))),
  COLUMN_TYPE(
      "ColumnType",
      fields ->
          new Demand.ColumnType(
              fields.table(), fields.text("column"), fields.text("expected_type"))),
  CONSTRAINT_EXISTS(
      "ConstraintExists",
      fields -> Demand.constraint(true, fields.table(), fields.text("constraint"))),
  CONSTRAINT_NOT_EXISTS(
      "ConstraintNotExists",
      fields -> Demand.constraint(false, fields.table(), fields.text("constraint"))),
  FOREIGN_KEY_EXISTS(
      "ForeignKeyExists",
      fields ->
          new Demand.ForeignKey(
              fields.table(),
              fields.text("column"),
              fields.table("references_table", "references_schema"),
              fields.text("references_column"))),
  INDEX_EXISTS("IndexExists", fields -> Demand.index(true, fields.table(), fields.text("index"))),
  INDEX_NOT_EXISTS(
      "IndexNotExists", fields -> Demand.index(false, fields.table(), fields.text("index"))),
  SCHEMA_EXISTS("SchemaExists", fields -> Demand.schema(true, fields.text("schema"))),
  SCHEMA_NOT_EXISTS("SchemaNotExists", fields -> Demand.schema(false, fields.text("schema"))),
  ROW_COUNT_EQUALS(
      "RowCountEquals",
      fields ->
          new Demand.RowCount(
              fields.table(), new Demand.RowTest.Equal(fields.number("expected_count")))),
  ROW_COUNT_GREATER_THAN(
      "RowCountGreaterThan",
      fields ->
          new Demand.RowCount(fields.table(), new Demand.RowTest.More(fields.number("min_count")))),
  TABLE_IS_EMPTY(
      "TableIsEmpty", fields -> new Demand.RowCount(fields.table(), new Demand.RowTest.None())),
  CUSTOM_SQL(
      "CustomSQL",
      fields ->
          new Demand.CustomSql(
              fields.text("sql"), fields.text("description"), fields.hasList("params")));

  private final String written;

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
  private final Function<Fields, Demand> reader;

  PreconditionType(String written, Function<Fields, Demand> reader) {
    this.written = written;
    this.reader = reader;
  }

  /** Returns the type of this name. */
  static Optional<PreconditionType> of(String name) {
    return Stream.of(values()).filter(type -> type.written.equals(name)).findFirst();
  }

  /** Returns the names of all types, as sidecars write them. */
  static List<String> names() {
    return Stream.of(values()).map(type -> type.written).toList();
  }

  /** Returns the precondition; the fields remember what is wrong with them. */
  Demand read(Fields fields) {
    return reader.apply(fields);
  }

  /**
   * The fields of one precondition in a sidecar. Every field that it has is asked for, so what is
   * not asked for does not belong to it.
   */
  static final class Fields {

    private static final String PUBLIC = "public";

    private final YamlNode.Scalar type;
    private final YamlNode.Mapping item;
    private final Set<String> known = new LinkedHashSet<>(List.of("type"));
    private final List<Sidecar.Mistake> mistakes = new ArrayList<>();

    Fields(YamlNode.Scalar type, YamlNode.Mapping item) {
      this.type = type;
      this.item = item;
    }

    /** Returns {@code table} in {@code schema}. */
    QualifiedName table() {
      return table("table", "schema");
    }

    /** Returns a table in a schema, by default {@code public}. */
    QualifiedName table(String table, String schema) {
      String name = text(table);
      known.add(schema);
      return QualifiedName.of(
          item.value(schema).map(node -> text(schema, node)).orElse(PUBLIC), name);
    }

    /** Returns a text that must be there. */
    String text(String field) {
      return required(field).map(node -> text(field, node)).orElse("");
    }

    /** Returns a whole number that must be there. */
    long number(String field) {
      Optional<YamlNode> value = required(field);
      if (value.isPresent()
          && value.get() instanceof YamlNode.Scalar scalar
          && scalar.kind() == YamlNode.Kind.INTEGER
          && scalar.text().matches("[-+]?[0-9]{1,18}")) {
        return Long.parseLong(scalar.text());
      }
      value.ifPresent(
          node ->
              mistake(
                  node,
                  "'" + field + "' is " + node.described() + ", not a whole number",
                  "write digits without quotes"));
      return 0;
    }

    /** Returns true if an optional field is there and is not empty. */
    boolean hasList(String field) {
      known.add(field);
      return item.value(field)
          .filter(node -> !(node instanceof YamlNode.Sequence list && list.items().isEmpty()))
          .filter(node -> !(node instanceof YamlNode.Scalar s && s.kind() == YamlNode.Kind.NULL))
          .isPresent();
    }

    /** Returns the mistakes found in the fields. */
    List<Sidecar.Mistake> mistakes() {
      List<Sidecar.Mistake> all = new ArrayList<>(mistakes);
      for (YamlNode.Entry entry : item.entries().values()) {
        if (!known.contains(entry.key().text())) {
          all.add(
              mistaken(
                  entry.key(),
                  "unexpected '" + entry.key().text() + "'",
                  "its fields are " + String.join(", ", known)));
        }
      }
      return all;
    }

    private Optional<YamlNode> required(String field) {
      known.add(field);
      Optional<YamlNode> value = item.value(field);
      if (value.isEmpty()) {
        mistake(type, "missing '" + field + "'", "add " + field);
      }
      return value;
    }

    private String text(String field, YamlNode node) {
      if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.TEXT) {
        return scalar.text();
      }
      mistake(
          node,
          "'" + field + "' is " + node.described() + ", not text",
          node instanceof YamlNode.Scalar ? "write it in quotes" : "write one text");
      return "";
    }

    private void mistake(YamlNode node, String message, String hint) {
      mistakes.add(mistaken(node, message, hint));
    }

    private Sidecar.Mistake mistaken(YamlNode node, String message, String hint) {
      return new Sidecar.Mistake(
          node.start(), node.end(), "invalid arguments for " + type.text() + ": " + message, hint);
    }
  }
}
