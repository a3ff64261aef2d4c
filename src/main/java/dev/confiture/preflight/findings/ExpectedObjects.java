package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.ObjectMessage;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The objects that an error says are not as the statement expects.
 *
 * @param missing whether they should exist and do not; otherwise they exist and should not
 * @param each every one of them, as the objects that it may be
 */
record ExpectedObjects(boolean missing, List<List<DatabaseObject>> each) {

  private static final ExpectedObjects NONE = new ExpectedObjects(true, List.of(List.of()));
  private static final String ON_CONFLICT =
      "there is no unique or exclusion constraint matching the ON CONFLICT specification";

  /** CREATE OR REPLACE of what should have been dropped. */
  private static final List<String> OTHER_COLUMNS =
      List.of(
          "cannot drop columns from view",
          "cannot change name of view column ",
          "cannot change data type of view column ");

  private static final String DROP_FUNCTION = "Use DROP FUNCTION ";
  private static final String OPERATOR = "operator does not exist: ";

  ExpectedObjects {
    each = List.copyOf(each);
  }

  /** Reads the server's error about a statement. */
  static ExpectedObjects of(Failure failure) {
    ServerError error = failure.error();
    List<Statement> statements = statements(failure);
    if (error.is(SqlState.DEPENDENT_OBJECTS_STILL_EXIST)) {
      return new ExpectedObjects(false, Dependents.of(error.detail().orElse("")));
    }
    if (error.message().equals(ON_CONFLICT)) {
      return missing(of(ObjectKind.KEY, "", mentioned(statements)));
    }
    if (error.message().startsWith(OPERATOR)) {
      return missing(operands(error.message().substring(OPERATOR.length())));
    }
    if (OTHER_COLUMNS.stream().anyMatch(error.message()::startsWith)) {
      return new ExpectedObjects(false, List.of(each(ObjectKind.RELATION, mentioned(statements))));
    }
    Optional<String> replaced = error.hint().filter(hint -> hint.startsWith(DROP_FUNCTION));
    if (replaced.isPresent()) {
      String function = replaced.get().substring(DROP_FUNCTION.length()).split("\\(", 2)[0];
      return new ExpectedObjects(
          false, List.of(each(ObjectKind.FUNCTION, Set.of(QualifiedName.ofMessage(function)))));
    }
    return ObjectMessage.of(error.message())
        .map(
            message ->
                new ExpectedObjects(
                    message.missing(), List.of(objects(message, statements, failure))))
        .orElse(NONE);
  }

  /** All that may be one of them. */
  Stream<DatabaseObject> objects() {
    return each.stream().flatMap(List::stream);
  }

  private static ExpectedObjects missing(List<DatabaseObject> alternatives) {
    return new ExpectedObjects(true, List.of(alternatives));
  }

  /** What was running: the command of a function or of an EXECUTE, else the statement itself. */
  private static List<Statement> statements(Failure failure) {
    return failure
        .error()
        .innerCommand()
        .map(query -> Script.of(SourceText.of(query)).statements())
        .filter(inner -> !inner.isEmpty())
        .orElseGet(() -> failure.statement().map(StatementPlace::statement).stream().toList());
  }

  private static List<DatabaseObject> objects(
      ObjectMessage message, List<Statement> statements, Failure failure) {
    return switch (message.kind()) {
      case COLUMN -> columns(message, statements, failure);
      case RELATION -> relations(message, mentioned(statements));
      // A table has a row type of its name, and a type's name casts (manual, CREATE TABLE, 4.2.9).
      case TYPE -> named(message, ObjectKind.TYPE, ObjectKind.RELATION);
      case FUNCTION -> named(message, ObjectKind.FUNCTION, ObjectKind.TYPE);
      case CONSTRAINT -> {
        List<DatabaseObject> objects = new ArrayList<>(parts(message, statements));
        // An index has the name of its constraint.
        objects.add(DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of(message.name())));
        yield objects;
      }
      case TRIGGER, POLICY, RULE, KEY -> parts(message, statements);
      case ENUM_LABEL ->
          List.of(
              new DatabaseObject(
                  ObjectKind.ENUM_LABEL,
                  QualifiedName.of(message.name()),
                  message.parent().map(QualifiedName::ofMessage)));
      default -> named(message, message.kind());
    };
  }

  private static List<DatabaseObject> parts(ObjectMessage message, List<Statement> statements) {
    return message
        .parent()
        .map(table -> withSchema(table, mentioned(statements)))
        .map(tables -> of(message.kind(), message.name(), tables))
        .orElseGet(() -> named(message, message.kind()));
  }

  private static List<DatabaseObject> named(ObjectMessage message, ObjectKind... kinds) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (ObjectKind kind : kinds) {
      objects.add(DatabaseObject.of(kind, QualifiedName.ofMessage(message.name())));
      // A name may have a dot of its own.
      objects.add(DatabaseObject.of(kind, QualifiedName.of(message.name())));
    }
    return objects;
  }

  private static List<DatabaseObject> relations(
      ObjectMessage message, Set<QualifiedName> mentioned) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (QualifiedName name : withSchema(message.name(), mentioned)) {
      objects.add(DatabaseObject.of(ObjectKind.RELATION, name));
      // An index has the name of its constraint.
      objects.add(DatabaseObject.of(ObjectKind.CONSTRAINT, QualifiedName.of(name.name())));
      name.schema()
          .ifPresent(s -> objects.add(DatabaseObject.of(ObjectKind.SCHEMA, QualifiedName.of(s))));
    }
    return objects;
  }

  /**
   * The column with its table: the message's own, the one that its qualifier means, else those that
   * the statement mentions, so that a column of that name in another table is not taken for it.
   */
  private static List<DatabaseObject> columns(
      ObjectMessage message, List<Statement> statements, Failure failure) {
    Set<QualifiedName> mentioned = mentioned(statements);
    Set<QualifiedName> tables = new LinkedHashSet<>();
    if (message.parent().isEmpty()) {
      tables.addAll(mentioned);
    } else {
      String qualifier = message.parent().get();
      boolean alias = failure.error().message().startsWith("column " + qualifier + ".");
      statements.forEach(s -> tables.addAll(Mentions.meantBy(qualifier, s)));
      if (tables.isEmpty()) {
        // Of a subquery: its columns are those of what it reads.
        tables.addAll(alias ? mentioned : withSchema(qualifier, mentioned));
      }
    }
    tables.addAll(failure.evidence().ancestorsOf(tables));
    return of(ObjectKind.COLUMN, message.name(), tables);
  }

  private static List<DatabaseObject> each(ObjectKind kind, Set<QualifiedName> names) {
    return names.stream().map(name -> DatabaseObject.of(kind, name)).toList();
  }

  private static List<DatabaseObject> of(ObjectKind kind, String name, Set<QualifiedName> parents) {
    return parents.stream().map(parent -> DatabaseObject.of(kind, name, parent)).toList();
  }

  private static Set<QualifiedName> mentioned(List<Statement> statements) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    statements.forEach(statement -> names.addAll(Mentions.relations(statement)));
    return names;
  }

  /** A message often names a table without the schema that the statement has written. */
  private static Set<QualifiedName> withSchema(String name, Set<QualifiedName> mentioned) {
    Set<QualifiedName> same = new LinkedHashSet<>();
    QualifiedName qualified = QualifiedName.ofMessage(name);
    for (QualifiedName each : mentioned) {
      if (each.name().equals(name) || each.matches(qualified)) {
        same.add(each);
      }
    }
    if (same.isEmpty()) {
      same.add(qualified);
      same.add(QualifiedName.of(name));
    }
    return same;
  }

  private static List<DatabaseObject> operands(String operation) {
    return Stream.of(operation.split(" ", -1))
        .filter(word -> !word.isEmpty() && Character.isLetter(word.charAt(0)))
        .map(type -> DatabaseObject.of(ObjectKind.TYPE, QualifiedName.ofMessage(type)))
        .toList();
  }
}
