package dev.confiture.preflight.migrations;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The types of precondition that a sidecar can name, with their fields. */
enum PreconditionType {
  TABLE_EXISTS("TableExists", fields -> new Precondition.Table(true, fields.table())),
  TABLE_NOT_EXISTS("TableNotExists", fields -> new Precondition.Table(false, fields.table())),
  COLUMN_EXISTS(
      "ColumnExists",
      fields -> new Precondition.Column(true, fields.table(), fields.text("column"))),
  COLUMN_NOT_EXISTS(
      "ColumnNotExists",
      fields -> new Precondition.Column(false, fields.table(), fields.text("column"))),
  COLUMN_TYPE(
      "ColumnType",
      fields ->
          new Precondition.ColumnType(
              fields.table(), fields.text("column"), fields.text("expected_type"))),
  CONSTRAINT_EXISTS(
      "ConstraintExists",
      fields -> new Precondition.Constraint(true, fields.table(), fields.text("constraint"))),
  CONSTRAINT_NOT_EXISTS(
      "ConstraintNotExists",
      fields -> new Precondition.Constraint(false, fields.table(), fields.text("constraint"))),
  FOREIGN_KEY_EXISTS(
      "ForeignKeyExists",
      fields ->
          new Precondition.ForeignKey(
              fields.table(),
              fields.text("column"),
              fields.table("references_table", "references_schema"),
              fields.text("references_column"))),
  INDEX_EXISTS(
      "IndexExists", fields -> new Precondition.Index(true, fields.table(), fields.text("index"))),
  INDEX_NOT_EXISTS(
      "IndexNotExists",
      fields -> new Precondition.Index(false, fields.table(), fields.text("index"))),
  SCHEMA_EXISTS("SchemaExists", fields -> new Precondition.Schema(true, fields.text("schema"))),
  SCHEMA_NOT_EXISTS(
      "SchemaNotExists", fields -> new Precondition.Schema(false, fields.text("schema"))),
  ROW_COUNT_EQUALS(
      "RowCountEquals",
      fields ->
          new Precondition.RowCount(
              fields.table(), new Precondition.RowTest.Equal(fields.number("expected_count")))),
  ROW_COUNT_GREATER_THAN(
      "RowCountGreaterThan",
      fields ->
          new Precondition.RowCount(
              fields.table(), new Precondition.RowTest.More(fields.number("min_count")))),
  TABLE_IS_EMPTY(
      "TableIsEmpty",
      fields -> new Precondition.RowCount(fields.table(), new Precondition.RowTest.None())),
  CUSTOM_SQL(
      "CustomSQL",
      fields ->
          new Precondition.CustomSql(
              fields.text("sql"), fields.text("description"), fields.hasList("params")));

  private final String written;

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
  private final Function<PreconditionFields, Precondition> reader;

  PreconditionType(String written, Function<PreconditionFields, Precondition> reader) {
    this.written = written;
    this.reader = reader;
  }

  /** The type of this name. */
  static Optional<PreconditionType> of(String name) {
    return Stream.of(values()).filter(type -> type.written.equals(name)).findFirst();
  }

  /** As sidecars write them. */
  static List<String> names() {
    return Stream.of(values()).map(type -> type.written).toList();
  }

  /** The precondition; what is wrong with its fields is told by them. */
  Precondition read(PreconditionFields fields) {
    return reader.apply(fields);
  }
}
