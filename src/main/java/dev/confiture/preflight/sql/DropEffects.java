package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.REMOVES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/** What {@code DROP …} removes; the word itself is read already. */
final class DropEffects {

  private final Words words;
  private final List<Effect> effects;

  DropEffects(Words words, List<Effect> effects) {
    this.words = words;
    this.effects = effects;
  }

  void read() {
    words.take("materialized");
    words.take("foreign");
    Optional<Token> kind = words.identifier();
    if (kind.isEmpty()) {
      return;
    }
    switch (kind.get().identifier()) {
      case "table", "view", "sequence" -> list(ObjectKind.RELATION);
      case "index" -> {
        words.take("concurrently");
        list(ObjectKind.RELATION);
      }
      case "type", "domain" -> list(ObjectKind.TYPE);
      case "function", "procedure", "routine", "aggregate" -> list(ObjectKind.FUNCTION);
      case "schema" -> list(ObjectKind.SCHEMA);
      case "extension" -> list(ObjectKind.EXTENSION);
      case "role", "user", "group" -> {
        if (!words.is("mapping")) {
          list(ObjectKind.ROLE);
        }
      }
      case "collation" -> list(ObjectKind.COLLATION);
      case "publication" -> list(ObjectKind.PUBLICATION);
      case "statistics" -> list(ObjectKind.STATISTICS);
      case "server" -> list(ObjectKind.FOREIGN_SERVER);
      case "trigger" -> ofTable(ObjectKind.TRIGGER);
      case "policy" -> ofTable(ObjectKind.POLICY);
      case "rule" -> ofTable(ObjectKind.RULE);
      default -> {}
    }
  }

  private void list(ObjectKind kind) {
    words.ifExists();
    while (!words.atEnd()) {
      int offset = words.offset();
      Optional<QualifiedName> name = words.name();
      if (name.isEmpty()) {
        return;
      }
      effects.add(new Effect(REMOVES, DatabaseObject.of(kind, name.get()), offset));
      if (words.isMark("(")) {
        words.skipParentheses();
      }
      if (!words.takeMark(",")) {
        return;
      }
    }
  }

  private void ofTable(ObjectKind kind) {
    words.ifExists();
    int offset = words.offset();
    Optional<QualifiedName> name = words.name();
    if (name.isPresent() && words.take("on")) {
      words
          .name()
          .ifPresent(
              table ->
                  effects.add(
                      new Effect(
                          REMOVES, DatabaseObject.of(kind, name.get().name(), table), offset)));
    }
  }
}
