package dev.confiture.preflight.sql;

import static dev.confiture.preflight.sql.Effect.Change.REMOVES;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Reads the objects that {@code DROP …} removes, behind that word. */
final class DropEffects {

  private final TokenReader words;
  private final List<Effect> effects;

  DropEffects(TokenReader words, List<Effect> effects) {
    this.words = words;
    this.effects = effects;
  }

  void read() {
    KindWords.take(words).ifPresent(this::read);
  }

  private void read(KindWords kind) {
    switch (kind) {
      case TRIGGER, POLICY, RULE -> ofTable(kind.kind());
      case USER_MAPPING -> {}
      default -> list(kind.kind());
    }
  }

  private void list(ObjectKind kind) {
    words.take("concurrently");
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
