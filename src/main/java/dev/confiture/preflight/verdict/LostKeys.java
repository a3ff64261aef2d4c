package dev.confiture.preflight.verdict;

import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Key;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of the schema that something lost needs: a foreign key names the table and its columns,
 * never the key, so that only the schema tells what is in the way of dropping an index.
 */
final class LostKeys {

  private final LostObjects objects;
  private final List<Lost> lost;
  private final List<Key> keys = new ArrayList<>();
  private final Set<String> others = new HashSet<>();
  private boolean read;

  LostKeys(LostObjects objects) {
    this.objects = objects;
    this.lost = objects.all();
  }

  /** Returns true if an object cannot be dropped since a lost one needs it as a key. */
  boolean keeps(Lost by, DatabaseObject dropped) {
    if (!mayNeedKeys(by)) {
      return false;
    }
    read();
    List<Key> needed = keys.stream().filter(by::needs).toList();
    return switch (dropped.kind()) {
      case RELATION ->
          needed.stream()
              .anyMatch(
                  key ->
                      new QualifiedName(key.table().schema(), key.name()).matches(dropped.name()));
      case CONSTRAINT -> {
        QualifiedName table = dropped.parent().orElseThrow();
        boolean told =
            others.contains(dropped.name().name())
                || keys.stream().anyMatch(key -> isOf(key, dropped, table));
        yield needed.stream().anyMatch(key -> isOf(key, dropped, table))
            || (!told && by.refersTo(table));
      }
      case COLUMN ->
          needed.stream()
              .filter(key -> dropped.parent().filter(key.table()::matches).isPresent())
              .anyMatch(
                  key ->
                      key.columns().contains(dropped.name().name())
                          || key.included().contains(dropped.name().name()));
      default -> false;
    };
  }

  private static boolean isOf(Key key, DatabaseObject constraint, QualifiedName table) {
    return key.name().equals(constraint.name().name()) && key.table().matches(table);
  }

  private static boolean mayNeedKeys(Lost by) {
    return by.words().contains("references") || by.words().contains("group");
  }

  /** Follows the names that keys get, and notes the constraints that later statements make. */
  void after(List<Effect> effects) {
    if (lost.stream().noneMatch(LostKeys::mayNeedKeys)) {
      return;
    }
    read();
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      if (effect.change() == Effect.Change.MAKES) {
        DatabaseObject before = i > 0 ? effects.get(i - 1).object() : effect.object();
        boolean renamed = i > 0 && effects.get(i - 1).change() == Effect.Change.REMOVES;
        if (renamed && before.kind() == effect.object().kind()) {
          rename(before, effect.object());
        } else if (effect.object().kind() == ObjectKind.CONSTRAINT) {
          others.add(effect.object().name().name());
        }
      }
    }
  }

  private void rename(DatabaseObject from, DatabaseObject to) {
    boolean ofKey = from.kind() == ObjectKind.RELATION || from.kind() == ObjectKind.CONSTRAINT;
    List<Key> renamed = new ArrayList<>();
    for (Key key : ofKey ? keys : List.<Key>of()) {
      if (key.name().equals(from.name().name())) {
        renamed.add(
            new Key(
                key.table(),
                to.name().name(),
                key.columns(),
                key.included(),
                key.primary(),
                key.span()));
      }
    }
    keys.addAll(renamed);
  }

  /** Reads the schema once, the first time that it is asked. */
  private void read() {
    if (read) {
      return;
    }
    read = true;
    for (Statement statement : objects.schema()) {
      keys.addAll(Key.of(statement));
      Effects.of(statement).stream()
          .map(Effect::object)
          .filter(object -> object.kind() == ObjectKind.CONSTRAINT)
          .forEach(object -> others.add(object.name().name()));
    }
  }
}
