package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.GeneratedName;
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
          "trusted",
          "procedural",
          "constraint",
          "default");

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
    boolean only = unique;
    KindWords.take(words).ifPresent(kind -> read(kind, only));
  }

  private void read(KindWords kind, boolean unique) {
    switch (kind) {
      case TABLE, FOREIGN_TABLE -> table();
      case VIEW, MATERIALIZED_VIEW -> view();
      case INDEX -> index(unique);
      case TYPE -> type();
      case SCHEMA -> schema();
      case TRIGGER -> ofTable(ObjectKind.TRIGGER, "on", "from");
      case POLICY -> ofTable(ObjectKind.POLICY, "on");
      case RULE -> ofTable(ObjectKind.RULE, "to");
      case USER_MAPPING -> {}
      default -> named(kind.kind());
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
    int offset = words.offset();
    Optional<QualifiedName> name = words.is("on") ? Optional.empty() : words.name();
    if (!words.take("on")) {
      return;
    }
    words.take("only");
    Optional<QualifiedName> table = words.name();
    if (words.take("using")) {
      words.skip();
    }
    table.ifPresent(t -> index(name.map(QualifiedName::name), t, unique, offset));
  }

  private void index(Optional<String> name, QualifiedName table, boolean unique, int offset) {
    String index =
        name.orElseGet(() -> GeneratedName.of(table.name(), ColumnList.of(words), "idx"));
    makes(DatabaseObject.of(ObjectKind.RELATION, new QualifiedName(table.schema(), index)), offset);
    // ON CONFLICT and foreign keys take a unique index for a constraint.
    if (unique) {
      makes(DatabaseObject.of(ObjectKind.CONSTRAINT, index, table), offset);
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
