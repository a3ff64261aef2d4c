package dev.confiture.preflight.findings;

import dev.confiture.preflight.migrations.Precondition;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;

/**
 * The objects that a precondition names: it is not met while one of them is otherwise.
 *
 * @param missing whether they should exist and do not; otherwise they exist and should not
 * @param objects the part that it is about, then what that is a part of
 */
record DemandedObjects(boolean missing, List<DatabaseObject> objects) {

  DemandedObjects {
    objects = List.copyOf(objects);
  }

  static DemandedObjects of(Precondition.OfCatalog precondition) {
    return switch (precondition) {
      case Precondition.Table(boolean exists, QualifiedName table) ->
          expected(exists, relation(table));
      case Precondition.Column(boolean exists, QualifiedName table, String column) ->
          expected(exists, part(ObjectKind.COLUMN, column, table), relation(table));
      case Precondition.ColumnType(QualifiedName table, String column, _) ->
          expected(
              true,
              part(ObjectKind.COLUMN_TYPE, column, table),
              part(ObjectKind.COLUMN, column, table),
              relation(table));
      case Precondition.Constraint(boolean exists, QualifiedName table, String constraint) ->
          expected(exists, part(ObjectKind.CONSTRAINT, constraint, table), relation(table));
      case Precondition.ForeignKey(QualifiedName table, String column, _, _) ->
          expected(
              true,
              part(ObjectKind.FOREIGN_KEY, "", table),
              part(ObjectKind.COLUMN, column, table),
              relation(table));
      // An index is in the schema of its table.
      case Precondition.Index(boolean exists, QualifiedName table, String index) ->
          expected(exists, relation(new QualifiedName(table.schema(), index)), relation(table));
      case Precondition.Schema(boolean exists, String schema) ->
          expected(exists, DatabaseObject.of(ObjectKind.SCHEMA, QualifiedName.of(schema)));
    };
  }

  private static DemandedObjects expected(boolean exists, DatabaseObject... objects) {
    return new DemandedObjects(exists, List.of(objects));
  }

  private static DatabaseObject relation(QualifiedName name) {
    return DatabaseObject.of(ObjectKind.RELATION, name);
  }

  private static DatabaseObject part(ObjectKind kind, String name, QualifiedName table) {
    return DatabaseObject.of(kind, name, table);
  }
}
