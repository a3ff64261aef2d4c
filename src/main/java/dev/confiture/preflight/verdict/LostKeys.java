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
  private final List<KnownKey> keys = new ArrayList<>();
  private final Set<String> others = new HashSet<>();
  private boolean read;

  /**
   * A key of the schema.
   *
   * @param written as the schema has it, which is how others refer to it
   * @param now the same behind the statements that took effect
   */
  private record KnownKey(Key written, Key now) {

    KnownKey in(QualifiedName table) {
      return with(table, now.name(), now.columns(), now.included());
    }

    KnownKey named(String name) {
      return with(now.table(), name, now.columns(), now.included());
    }

    KnownKey withColumn(String from, String to) {
      return with(
          now.table(),
          now.name(),
          now.columns().stream().map(column -> column.equals(from) ? to : column).toList(),
          now.included().stream().map(column -> column.equals(from) ? to : column).toList());
    }

    private KnownKey with(
        QualifiedName table, String name, List<String> columns, List<String> included) {
      return new KnownKey(
          written, new Key(table, name, columns, included, now.primary(), now.span()));
    }
  }

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
    List<Key> needed =
        keys.stream().filter(key -> by.needs(key.written())).map(KnownKey::now).toList();
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
                || keys.stream().anyMatch(key -> isOf(key.now(), dropped, table));
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
      DatabaseObject object = effects.get(i).object();
      if (LostObjects.isRename(effects, i)) {
        rename(object, effects.get(i + 1).object());
      } else if (effects.get(i).change() == Effect.Change.MAKES
          && object.kind() == ObjectKind.CONSTRAINT
          && !(i > 0 && LostObjects.isRename(effects, i - 1))) {
        others.add(object.name().name());
      }
    }
  }

  private void rename(DatabaseObject from, DatabaseObject to) {
    switch (from.kind()) {
      case RELATION, CONSTRAINT ->
          keys.replaceAll(
              key -> {
                boolean named = key.now().name().equals(from.name().name());
                boolean table =
                    from.kind() == ObjectKind.RELATION
                        && objects.isSame(key.now().table(), from.name());
                return named
                    ? key.named(to.name().name())
                    : table ? key.in(renamed(from.name(), to.name())) : key;
              });
      case COLUMN ->
          keys.replaceAll(
              key ->
                  from.parent().filter(t -> objects.isSame(key.now().table(), t)).isPresent()
                      ? key.withColumn(from.name().name(), to.name().name())
                      : key);
      case SCHEMA ->
          keys.replaceAll(
              key -> key.in(key.now().table().moved(from.name().name(), to.name().name())));
      default -> {}
    }
  }

  private static QualifiedName renamed(QualifiedName from, QualifiedName to) {
    return new QualifiedName(to.schema().or(from::schema), to.name());
  }

  /** Reads the schema once, the first time that it is asked. */
  private void read() {
    if (read) {
      return;
    }
    read = true;
    for (Statement statement : objects.schema()) {
      Key.of(statement).forEach(key -> keys.add(new KnownKey(key, key)));
      Effects.of(statement).stream()
          .map(Effect::object)
          .filter(object -> object.kind() == ObjectKind.CONSTRAINT)
          .forEach(object -> others.add(object.name().name()));
    }
  }
}
