package dev.confiture.preflight.findings;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Position;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What statements without effect would have made or removed.
 *
 * <p>Each change knows its first cause: a statement that is itself only a consequence passes its
 * cause on.
 */
final class NoEffect {

  private record Change(Effect effect, BlockedBy cause) {}

  private final List<Change> changes = new ArrayList<>();
  private final Map<String, List<Change>> byName = new HashMap<>();

  /**
   * Adds a statement.
   *
   * @param consequenceOf the cause that it failed for, if it is a consequence itself
   */
  void add(MigrationFile file, Statement statement, Optional<BlockedBy> consequenceOf) {
    for (Effect effect : Effects.of(statement)) {
      Position position = statement.source().position(effect.offset());
      BlockedBy own =
          new BlockedBy(file, position, effect.object(), effect.change() == Effect.Change.REMOVES);
      Change change = new Change(effect, consequenceOf.orElse(own));
      changes.add(change);
      byName.computeIfAbsent(effect.object().name().name(), _ -> new ArrayList<>()).add(change);
    }
  }

  /** The first cause for which these objects are not as expected. */
  Optional<BlockedBy> cause(ExpectedObjects expected) {
    Effect.Change wanted = expected.missing() ? Effect.Change.MAKES : Effect.Change.REMOVES;
    for (DatabaseObject object : expected.objects()) {
      String name = object.name().name();
      for (Change change :
          name.equals(ExpectedObjects.ANY) ? changes : byName.getOrDefault(name, List.of())) {
        if (change.effect().change() == wanted && same(object, change.effect().object())) {
          return Optional.of(change.cause());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean same(DatabaseObject expected, DatabaseObject changed) {
    if (expected.name().name().equals(ExpectedObjects.ANY)) {
      return changed.kind() == ObjectKind.CONSTRAINT
          && expected.parent().isPresent()
          && changed.parent().filter(expected.parent().get()::matches).isPresent();
    }
    return expected.matches(changed);
  }
}
