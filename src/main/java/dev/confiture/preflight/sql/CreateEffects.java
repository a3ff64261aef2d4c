package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.GeneratedName;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SearchPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the objects that {@code CREATE …} makes, behind that word. */
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

  private final TokenReader words;
  private final List<Effect> effects;

  /** The schema of relations that are named without one, if not left to the search path. */
  private Optional<String> schema;

  CreateEffects(TokenReader words, List<Effect> effects) {
    this(words, effects, Optional.empty());
  }

  private CreateEffects(TokenReader words, List<Effect> effects, Optional<String> schema) {
    this.words = words;
    this.effects = effects;
    this.schema = schema;
  }

  void read() {
    boolean unique = false;
    while (words.peek().filter(t -> MODIFIERS.contains(t.identifier())).isPresent()) {
      unique |= words.is("unique");
      if (words.is("temp") || words.is("temporary")) {
        schema = Optional.of(SearchPath.TEMPORARY);
      }
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
      case USER_MAPPING -> {
        words.ifNotExists();
        int offset = words.offset();
        words.mapping().ifPresent(mapping -> makes(mapping, offset));
      }
      case OPERATOR -> {
        int offset = words.offset();
        words.operator().ifPresent(name -> makes(DatabaseObject.of(kind.kind(), name), offset));
      }
      case CAST -> {
        int offset = words.offset();
        words.cast().ifPresent(cast -> makes(cast, offset));
      }
      case TRANSFORM -> {
        int offset = words.offset();
        words.transform().ifPresent(transform -> makes(transform, offset));
      }
      case SEQUENCE -> madeRelation();
      default -> named(kind.kind());
    }
  }

  private Optional<QualifiedName> relation() {
    return words
        .name()
        .map(name -> name.schema().isPresent() ? name : new QualifiedName(schema, name.name()));
  }

  /** Reads the name of the relation that is made; empty where none stands there. */
  private Optional<QualifiedName> madeRelation() {
    words.ifNotExists();
    int offset = words.offset();
    Optional<QualifiedName> name = relation();
    name.ifPresent(made -> makes(DatabaseObject.of(ObjectKind.RELATION, made), offset));
    return name;
  }

  private void table() {
    Optional<QualifiedName> name = madeRelation();
    if (name.isPresent() && words.isMark("(")) {
      words.skip();
      new TableElements(name.get(), words, effects).read();
    }
  }

  private void view() {
    Optional<QualifiedName> name = madeRelation();
    if (name.isPresent() && words.takeMark("(")) {
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
    Optional<QualifiedName> table = relation();
    if (words.take("using")) {
      words.skip();
    }
    table.ifPresent(t -> index(name.map(QualifiedName::name), t, unique, offset));
  }

  private void index(Optional<String> name, QualifiedName table, boolean unique, int offset) {
    String index = name.orElseGet(() -> GeneratedName.of(table.name(), words.columns(), "idx"));
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
            .filter(token -> token.kind() == Token.Kind.STRING)
            .ifPresent(
                label ->
                    makes(
                        DatabaseObject.of(ObjectKind.ENUM_LABEL, label.stringValue(), name.get()),
                        at));
        words.skip();
      }
    }
  }

  /** Reads CREATE SCHEMA with the objects that the same statement makes in it. */
  private void schema() {
    words.ifNotExists();
    words.take("authorization");
    int offset = words.offset();
    Optional<String> name = words.identifier().map(Token::identifier);
    if (name.isEmpty()) {
      return;
    }
    makes(DatabaseObject.of(ObjectKind.SCHEMA, QualifiedName.of(name.get())), offset);
    while (words.seek("create")) {
      words.skip();
      new CreateEffects(words, effects, name).read();
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
