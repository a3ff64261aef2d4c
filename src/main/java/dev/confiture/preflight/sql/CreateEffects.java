package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code CREATE …} makes; the word itself is read already. */
final class CreateEffects {

  private static final Set<String> MODIFIERS =
      Set.of(
          "or",
          "replace",
          "temp",
          "temporary",
          "local",
          "global",
          "unlogged",
          "unique",
          "recursive",
          "materialized",
          "trusted",
          "procedural",
          "constraint",
          "foreign");

  private final Words words;
  private final List<Effect> effects;

  CreateEffects(Words words, List<Effect> effects) {
    this.words = words;
    this.effects = effects;
  }

  void read() {
    boolean unique = false;
    while (words.peek().filter(t -> MODIFIERS.contains(t.identifier())).isPresent()) {
      unique |= words.is("unique");
      words.skip();
    }
    Optional<Token> kind = words.identifier();
    if (kind.isEmpty()) {
      return;
    }
    switch (kind.get().identifier()) {
      case "table" -> table();
      case "view" -> view();
      case "sequence" -> named(ObjectKind.RELATION);
      case "index" -> index(unique);
      case "type" -> type();
      case "domain" -> named(ObjectKind.TYPE);
      case "function", "procedure", "aggregate" -> named(ObjectKind.FUNCTION);
      case "schema" -> schema();
      case "extension" -> named(ObjectKind.EXTENSION);
      case "role", "user", "group" -> {
        if (!words.is("mapping")) {
          named(ObjectKind.ROLE);
        }
      }
      case "collation" -> named(ObjectKind.COLLATION);
      case "language" -> named(ObjectKind.LANGUAGE);
      case "publication" -> named(ObjectKind.PUBLICATION);
      case "subscription" -> named(ObjectKind.SUBSCRIPTION);
      case "statistics" -> named(ObjectKind.STATISTICS);
      case "server" -> named(ObjectKind.FOREIGN_SERVER);
      case "data" -> {
        words.take("wrapper");
        named(ObjectKind.FOREIGN_DATA_WRAPPER);
      }
      case "event" -> {
        words.take("trigger");
        named(ObjectKind.EVENT_TRIGGER);
      }
      case "trigger" -> ofTable(ObjectKind.TRIGGER, "on", "from");
      case "policy" -> ofTable(ObjectKind.POLICY, "on");
      case "rule" -> ofTable(ObjectKind.RULE, "to");
      default -> {}
    }
  }

  private void table() {
    words.ifNotExists();
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isEmpty()) {
      return;
    }
    makes(DatabaseObject.of(ObjectKind.RELATION, name.get()), offset);
    if (words.isMark("(")) {
      words.skip();
      new TableElements(name.get(), words, effects).read();
    }
  }

  private void view() {
    words.ifNotExists();
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isEmpty()) {
      return;
    }
    makes(DatabaseObject.of(ObjectKind.RELATION, name.get()), offset);
    if (words.takeMark("(")) {
      while (!words.atEnd() && !words.isMark(")")) {
        int at = words.offset();
        words
            .identifier()
            .ifPresentOrElse(
                column ->
                    makes(
                        DatabaseObject.of(ObjectKind.COLUMN, column.identifier(), name.get()), at),
                words::skip);
      }
    }
  }

  private void index(boolean unique) {
    words.take("concurrently");
    words.ifNotExists();
    if (words.is("on")) {
      return;
    }
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isPresent() && words.take("on")) {
      words.take("only");
      Optional<QualifiedName> table = words.name();
      QualifiedName index =
          new QualifiedName(table.flatMap(QualifiedName::schema), name.get().name());
      makes(DatabaseObject.of(ObjectKind.RELATION, index), offset);
      // ON CONFLICT and foreign keys take a unique index for a constraint.
      table
          .filter(_ -> unique)
          .ifPresent(
              t -> makes(DatabaseObject.of(ObjectKind.CONSTRAINT, name.get().name(), t), offset));
    }
  }

  private void type() {
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isEmpty()) {
      return;
    }
    makes(DatabaseObject.of(ObjectKind.TYPE, name.get()), offset);
    if (words.takeAll("as", "enum") && words.takeMark("(")) {
      while (!words.atEnd() && !words.isMark(")")) {
        int at = words.offset();
        words
            .peek()
            .filter(token -> token.kind() == TokenKind.STRING)
            .ifPresent(
                label ->
                    makes(
                        DatabaseObject.of(ObjectKind.ENUM_LABEL, Literals.value(label), name.get()),
                        at));
        words.skip();
      }
    }
  }

  private void schema() {
    words.ifNotExists();
    if (words.take("authorization")) {
      int offset = words.offset();
      words.name().ifPresent(role -> makes(DatabaseObject.of(ObjectKind.SCHEMA, role), offset));
    } else {
      named(ObjectKind.SCHEMA);
    }
  }

  private void named(ObjectKind kind) {
    words.ifNotExists();
    int offset = words.offset();
    words.name().ifPresent(name -> makes(DatabaseObject.of(kind, name), offset));
  }

  private void ofTable(ObjectKind kind, String... before) {
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isPresent() && words.seek(before)) {
      words.skip();
      words
          .name()
          .ifPresent(table -> makes(DatabaseObject.of(kind, name.get().name(), table), offset));
    }
  }

  private void makes(DatabaseObject object, int offset) {
    effects.add(new Effect(MAKES, object, offset));
  }
}
