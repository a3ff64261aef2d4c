package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.MAKES;
import static dev.confiture.preflight.sql.Effect.Change.REMOVES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.GeneratedName;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Reads the objects that {@code ALTER …} makes and removes, behind that word. */
final class AlterEffects {

  private final List<Token> tokens;
  private final TokenReader words;
  private final List<Effect> effects;

  AlterEffects(List<Token> tokens, TokenReader words, List<Effect> effects) {
    this.tokens = tokens;
    this.words = words;
    this.effects = effects;
  }

  void read() {
    KindWords.take(words).ifPresent(this::read);
  }

  private void read(KindWords kind) {
    switch (kind) {
      case TRIGGER, POLICY, RULE -> ofTable(kind.kind());
      case TYPE -> of(ObjectKind.TYPE, ObjectKind.ENUM_LABEL);
      case DOMAIN -> of(ObjectKind.TYPE, ObjectKind.CONSTRAINT);
      case USER_MAPPING -> {}
      default ->
          of(
              kind.kind(),
              kind.kind() == ObjectKind.RELATION ? ObjectKind.COLUMN : ObjectKind.OTHER);
    }
  }

  private void of(ObjectKind kind, ObjectKind part) {
    words.ifExists();
    words.take("only");
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isEmpty()) {
      return;
    }
    if (words.isMark("(")) {
      words.skipParentheses();
    }
    words.takeStar();
    while (!words.atEnd()) {
      action(kind, part, name.get(), offset);
      skipToComma();
    }
  }

  private void action(ObjectKind kind, ObjectKind part, QualifiedName name, int offset) {
    if (words.takeAll("rename", "to")) {
      rename(kind, name, offset);
    } else if (words.takeAll("rename", "constraint")) {
      renamePart(ObjectKind.CONSTRAINT, name);
    } else if (words.takeAll("rename", "value")) {
      renameLabel(name);
    } else if (words.take("rename")) {
      words.take("column");
      words.take("attribute");
      renamePart(ObjectKind.COLUMN, name);
    } else if (kind != ObjectKind.EXTENSION && words.takeAll("set", "schema")) {
      words
          .identifier()
          .ifPresent(
              schema -> {
                moved(
                    kind, name, QualifiedName.of(schema.identifier(), name.name()), offset, offset);
              });
    } else if (part == ObjectKind.ENUM_LABEL && words.takeAll("add", "value")) {
      words.ifNotExists();
      label(MAKES, name);
    } else if (part == ObjectKind.COLUMN && words.take("alter")) {
      identity(name);
    } else if (part == ObjectKind.OTHER) {
      return; // ALTER PUBLICATION … ADD TABLE, ALTER EXTENSION … DROP FUNCTION
    } else if (words.take("add")) {
      words.take("column");
      words.take("attribute");
      new TableElements(name, words, effects).element();
    } else if (words.take("drop")) {
      drop(part, name);
    }
  }

  private void identity(QualifiedName table) {
    words.take("column");
    int at = words.offset();
    Optional<Token> column = words.identifier();
    if (column.isPresent() && words.takeAll("add", "generated")) {
      String sequence = GeneratedName.of(table.name(), List.of(column.get().identifier()), "seq");
      add(
          MAKES,
          DatabaseObject.of(ObjectKind.RELATION, new QualifiedName(table.schema(), sequence)),
          at);
    }
  }

  private void drop(ObjectKind part, QualifiedName name) {
    ObjectKind kind = words.take("constraint") ? ObjectKind.CONSTRAINT : ObjectKind.COLUMN;
    if (kind != part && part == ObjectKind.CONSTRAINT) {
      return; // ALTER DOMAIN … DROP NOT NULL, DROP DEFAULT
    }
    words.take("column");
    words.take("attribute");
    words.ifExists();
    int at = words.offset();
    words
        .identifier()
        .ifPresent(
            dropped -> add(REMOVES, DatabaseObject.of(kind, dropped.identifier(), name), at));
  }

  private void rename(ObjectKind kind, QualifiedName name, int offset) {
    int at = words.offset();
    words
        .identifier()
        .ifPresent(
            to -> {
              moved(kind, name, new QualifiedName(name.schema(), to.identifier()), offset, at);
            });
  }

  private void moved(
      ObjectKind kind, QualifiedName from, QualifiedName to, int fromOffset, int toOffset) {
    add(REMOVES, DatabaseObject.of(kind, from), fromOffset);
    effects.add(new Effect(MAKES, DatabaseObject.of(kind, to), toOffset, Optional.of(from)));
  }

  private void renamePart(ObjectKind kind, QualifiedName parent) {
    int from = words.offset();
    Optional<Token> old = words.identifier();
    if (old.isPresent() && words.take("to")) {
      int at = words.offset();
      add(REMOVES, DatabaseObject.of(kind, old.get().identifier(), parent), from);
      words
          .identifier()
          .ifPresent(to -> add(MAKES, DatabaseObject.of(kind, to.identifier(), parent), at));
    }
  }

  private void renameLabel(QualifiedName type) {
    label(REMOVES, type);
    if (words.take("to")) {
      label(MAKES, type);
    }
  }

  private void label(Effect.Change change, QualifiedName type) {
    int at = words.offset();
    words
        .peek()
        .filter(token -> token.kind() == Token.Kind.STRING)
        .ifPresent(
            token -> {
              add(change, DatabaseObject.of(ObjectKind.ENUM_LABEL, token.stringValue(), type), at);
              words.skip();
            });
  }

  private void ofTable(ObjectKind kind) {
    Optional<Token> old = words.identifier();
    if (old.isPresent() && words.take("on")) {
      Optional<QualifiedName> table = words.name();
      int at = words.offset();
      if (table.isPresent() && words.takeAll("rename", "to")) {
        add(REMOVES, DatabaseObject.of(kind, old.get().identifier(), table.get()), at);
        words
            .identifier()
            .ifPresent(to -> add(MAKES, DatabaseObject.of(kind, to.identifier(), table.get()), at));
      }
    }
  }

  private void skipToComma() {
    int depth = 0;
    while (!words.atEnd()) {
      Token token = tokens.get(words.index());
      depth += token.parenthesis();
      words.skip();
      if (depth == 0 && token.isMark(",")) {
        return;
      }
    }
  }

  private void add(Effect.Change change, DatabaseObject object, int offset) {
    effects.add(new Effect(change, object, offset));
  }
}
