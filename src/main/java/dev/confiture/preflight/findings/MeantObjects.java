package dev.confiture.preflight.findings;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.ObjectMessage;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.rehearsal.StatementPlace;
import dev.confiture.preflight.sql.Mentions;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.SourceText;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The objects that the names of a message may mean, with what was running when it came: a message
 * seldom has the schema, and for a column often not the table.
 */
final class MeantObjects {

  private final Failure failure;
  private final List<Statement> running;
  private final Set<QualifiedName> mentioned = new LinkedHashSet<>();

  /** What was running is the command of a function or of an EXECUTE, else the statement itself. */
  MeantObjects(Failure failure) {
    this.failure = failure;
    this.running =
        failure
            .error()
            .innerCommand()
            .map(query -> Script.of(SourceText.of(query)).statements())
            .filter(inner -> !inner.isEmpty())
            .orElseGet(() -> failure.statement().map(StatementPlace::statement).stream().toList());
    running.forEach(statement -> mentioned.addAll(Mentions.relations(statement)));
  }

  /** The relations that the statement mentions. */
  List<DatabaseObject> relations() {
    return mentioned.stream().map(name -> DatabaseObject.of(ObjectKind.RELATION, name)).toList();
  }

  /** A key of a relation that the statement mentions. */
  List<DatabaseObject> keys() {
    return parts(ObjectKind.KEY, "", mentioned);
  }

  /** The object of the message. */
  List<DatabaseObject> of(ObjectMessage message) {
    return switch (message.kind()) {
      case COLUMN -> parts(ObjectKind.COLUMN, message.name(), tables(message));
      case RELATION -> relations(message.name());
      // A table has a row type of its name, and a type's name casts (manual, CREATE TABLE, 4.2.9).
      case TYPE -> named(message.name(), ObjectKind.TYPE, ObjectKind.RELATION);
      case FUNCTION -> named(message.name(), ObjectKind.FUNCTION, ObjectKind.TYPE);
      case CONSTRAINT -> {
        List<DatabaseObject> objects = new ArrayList<>(ofTable(message));
        // An index has the name of its constraint.
        objects.add(DatabaseObject.of(ObjectKind.RELATION, QualifiedName.of(message.name())));
        yield objects;
      }
      case TRIGGER, POLICY, RULE, KEY -> ofTable(message);
      case ENUM_LABEL ->
          List.of(
              new DatabaseObject(
                  ObjectKind.ENUM_LABEL,
                  QualifiedName.of(message.name()),
                  message.parent().map(QualifiedName::ofMessage)));
      default -> named(message.name(), message.kind());
    };
  }

  private List<DatabaseObject> ofTable(ObjectMessage message) {
    return message
        .parent()
        .map(table -> parts(message.kind(), message.name(), withSchema(table)))
        .orElseGet(() -> named(message.name(), message.kind()));
  }

  private List<DatabaseObject> relations(String relation) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (QualifiedName name : withSchema(relation)) {
      objects.add(DatabaseObject.of(ObjectKind.RELATION, name));
      // An index has the name of its constraint.
      objects.add(DatabaseObject.of(ObjectKind.CONSTRAINT, QualifiedName.of(name.name())));
      name.schema()
          .ifPresent(s -> objects.add(DatabaseObject.of(ObjectKind.SCHEMA, QualifiedName.of(s))));
    }
    return objects;
  }

  /**
   * The tables that a column may be of: the message's own, the one that its qualifier means, else
   * those that the statement mentions, so that a column of that name elsewhere is not taken for it.
   */
  private Set<QualifiedName> tables(ObjectMessage message) {
    Set<QualifiedName> tables = new LinkedHashSet<>();
    if (message.parent().isEmpty()) {
      tables.addAll(mentioned);
    } else {
      String qualifier = message.parent().get();
      boolean alias = failure.error().message().startsWith("column " + qualifier + ".");
      running.forEach(statement -> tables.addAll(Mentions.meantBy(qualifier, statement)));
      if (tables.isEmpty()) {
        // Of a subquery: its columns are those of what it reads.
        tables.addAll(alias ? mentioned : withSchema(qualifier));
      }
    }
    tables.addAll(failure.evidence().ancestorsOf(tables));
    return tables;
  }

  private Set<QualifiedName> withSchema(String name) {
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

  private static List<DatabaseObject> named(String name, ObjectKind... kinds) {
    List<DatabaseObject> objects = new ArrayList<>();
    for (ObjectKind kind : kinds) {
      objects.add(DatabaseObject.of(kind, QualifiedName.ofMessage(name)));
      // A name may have a dot of its own.
      objects.add(DatabaseObject.of(kind, QualifiedName.of(name)));
    }
    return objects;
  }

  private static List<DatabaseObject> parts(
      ObjectKind kind, String name, Set<QualifiedName> parents) {
    return parents.stream().map(parent -> DatabaseObject.of(kind, name, parent)).toList();
  }
}
