package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that an error says are not as the statement expects.
 *
 * @param missing whether they should exist and do not; otherwise they exist and should not
 * @param objects the candidates, from the message's names; a column's table where it is known
 */
record ExpectedObjects(boolean missing, List<DatabaseObject> objects) {

  private static final ExpectedObjects NONE = new ExpectedObjects(true, List.of());

  /** Kinds that share 42704 and 42710, having no SQLSTATE of their own. */
  private static final Set<ObjectKind> OBJECTS =
      Collections.unmodifiableSet(
          EnumSet.complementOf(
              EnumSet.of(
                  ObjectKind.COLUMN, ObjectKind.FUNCTION, ObjectKind.SCHEMA, ObjectKind.DATABASE)));

  ExpectedObjects {
    objects = List.copyOf(objects);
  }

  /** Reads the server's error about a statement. */
  static ExpectedObjects of(ServerError error, Optional<Statement> statement) {
    List<String> names = MessageWords.names(error.message());
    return switch (error.sqlState()) {
      case SqlState.UNDEFINED_TABLE -> missing(ObjectKind.RELATION, names);
      case SqlState.UNDEFINED_COLUMN -> new ExpectedObjects(true, columns(error, names, statement));
      case SqlState.UNDEFINED_FUNCTION ->
          missing(names, ObjectKind.FUNCTION, ObjectKind.OPERATOR, ObjectKind.TYPE);
      case SqlState.UNDEFINED_OBJECT -> new ExpectedObjects(true, each(names, OBJECTS));
      case SqlState.INVALID_SCHEMA_NAME -> missing(ObjectKind.SCHEMA, names);
      case SqlState.INVALID_TEXT_REPRESENTATION -> missing(ObjectKind.ENUM_LABEL, names);
      case SqlState.INVALID_FOREIGN_KEY, SqlState.INVALID_COLUMN_REFERENCE ->
          new ExpectedObjects(true, keys(names));
      // Someone else's object stands where a statement without effect would have made one.
      case SqlState.INSUFFICIENT_PRIVILEGE ->
          missing(names, ObjectKind.RELATION, ObjectKind.FUNCTION, ObjectKind.SCHEMA);
      case SqlState.DUPLICATE_TABLE -> existing(names, ObjectKind.RELATION, ObjectKind.CONSTRAINT);
      case SqlState.DUPLICATE_COLUMN ->
          new ExpectedObjects(false, columns(error, names, statement));
      case SqlState.DUPLICATE_SCHEMA -> existing(names, ObjectKind.SCHEMA);
      case SqlState.DUPLICATE_FUNCTION -> existing(names, ObjectKind.FUNCTION);
      case SqlState.DUPLICATE_OBJECT ->
          // A table has a row type of its name (manual, CREATE TABLE).
          new ExpectedObjects(false, each(names, OBJECTS));
      case SqlState.DEPENDENT_OBJECTS_STILL_EXIST -> dependents(error);
      default -> NONE;
    };
  }

  private static ExpectedObjects missing(ObjectKind kind, List<String> names) {
    return new ExpectedObjects(true, each(names, kind));
  }

  private static ExpectedObjects missing(List<String> names, ObjectKind... kinds) {
    return new ExpectedObjects(true, each(names, kinds));
  }

  private static ExpectedObjects existing(List<String> names, ObjectKind... kinds) {
    return new ExpectedObjects(false, each(names, kinds));
  }

  private static List<DatabaseObject> each(List<String> names, ObjectKind... kinds) {
    return each(names, List.of(kinds));
  }

  private static List<DatabaseObject> each(List<String> names, Collection<ObjectKind> kinds) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (String name : names) {
      for (ObjectKind kind : kinds) {
        objects.add(DatabaseObject.of(kind, QualifiedName.ofMessage(name)));
      }
    }
    return objects;
  }

  /**
   * The column of the message, with its table: the message's own, else those that the statement
   * mentions, so that a column of that name in another table is not taken for it.
   */
  private static List<DatabaseObject> columns(
      ServerError error, List<String> names, Optional<Statement> statement) {
    if (names.isEmpty()) {
      return List.of();
    }
    String column = names.getFirst();
    int dot = column.lastIndexOf('.');
    String bare = column.substring(dot + 1);
    Set<QualifiedName> mentioned = statement.map(Mentions::relations).orElse(Set.of());
    if (names.size() > 1 && error.message().contains("\"" + names.get(1) + "\"")) {
      return of(bare, withSchema(QualifiedName.ofMessage(names.get(1)), mentioned));
    }
    return of(bare, mentioned);
  }

  private static List<DatabaseObject> of(String column, Collection<QualifiedName> tables) {
    return tables.stream()
        .map(table -> DatabaseObject.of(ObjectKind.COLUMN, column, table))
        .toList();
  }

  /** A message names a table without the schema that the statement may have written. */
  private static Collection<QualifiedName> withSchema(
      QualifiedName table, Set<QualifiedName> mentioned) {
    List<QualifiedName> same =
        mentioned.stream().filter(name -> name.name().equals(table.name())).toList();
    return same.isEmpty() ? List.of(table) : same;
  }

  /** No unique key on the table: the constraint or index that would make one has any name. */
  private static List<DatabaseObject> keys(List<String> names) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (String name : names) {
      objects.add(
          new DatabaseObject(
              ObjectKind.CONSTRAINT,
              QualifiedName.of(ANY),
              Optional.of(QualifiedName.ofMessage(name))));
    }
    return objects;
  }

  /** What depends on the object should have been dropped before. */
  private static ExpectedObjects dependents(ServerError error) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (String line : error.detail().orElse("").lines().toList()) {
      for (String name : MessageWords.names(line)) {
        for (ObjectKind kind :
            List.of(
                ObjectKind.RELATION,
                ObjectKind.FUNCTION,
                ObjectKind.CONSTRAINT,
                ObjectKind.TRIGGER,
                ObjectKind.POLICY,
                ObjectKind.TYPE)) {
          objects.add(DatabaseObject.of(kind, QualifiedName.ofMessage(name)));
        }
      }
    }
    return new ExpectedObjects(false, objects);
  }

  /** Stands for any name of a constraint. */
  static final String ANY = "*";
}
