package dev.confiture.preflight.verdict;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the migration of a run that made what exists already. */
final class CreatedBy {

  /**
   * A statement's effect that took place.
   *
   * @param order the number of its migration in the run
   * @param unlessThere true if it says IF NOT EXISTS, so that it may have done nothing
   */
  private record Made(
      int order, MigrationFile file, Effect effect, int line, boolean unlessThere) {}

  private final Map<MigrationFile, Integer> orders = new HashMap<>();
  private final Map<String, List<Made>> byName = new HashMap<>();

  private CreatedBy() {}

  static CreatedBy of(List<JudgedMigration> all) {
    CreatedBy created = new CreatedBy();
    for (JudgedMigration migration : all) {
      created.orders.put(migration.rehearsed().migration().file(), created.orders.size());
      created.add(migration);
    }
    return created;
  }

  /** Returns the earlier migration that made what this file would make again. */
  Optional<FailureHints.Earlier> earlier(String name, Failure failure, MigrationFile file) {
    Optional<String> table = FailureHints.namedTable(failure);
    int before = orders.getOrDefault(file, 0);
    return byName.getOrDefault(name, List.of()).stream()
        .filter(made -> made.order() < before)
        .filter(made -> isIt(made.effect().object(), table, failure))
        .reduce((_, last) -> last)
        .filter(made -> made.effect().change() == Effect.Change.MAKES)
        .map(made -> new FailureHints.Earlier(made.file(), made.line(), made.unlessThere()));
  }

  private void add(JudgedMigration migration) {
    MigrationFile file = migration.rehearsed().migration().file();
    for (Statement statement : migration.rehearsed().withEffect()) {
      boolean unlessThere = statement.isConditional();
      for (Effect effect : Effects.of(statement)) {
        int line = statement.source().position(effect.offset()).line();
        byName
            .computeIfAbsent(effect.object().name().name(), _ -> new ArrayList<>())
            .add(new Made(orders.size() - 1, file, effect, line, unlessThere));
      }
    }
  }

  private static boolean isIt(DatabaseObject object, Optional<String> table, Failure failure) {
    boolean kind = new ErrorWords(failure).mayExist(object.kind());
    return kind
        && isThere(object.name(), failure)
        && (object.parent().isEmpty()
            || table.isEmpty()
            || object.parent().get().name().equals(table.get()));
  }

  /** Returns false for a table that is in the way in another schema than this name's. */
  private static boolean isThere(QualifiedName name, Failure failure) {
    return name.schema().isEmpty()
        || !failure.error().is(SqlState.DUPLICATE_TABLE)
        || failure.evidence().relations().stream().anyMatch(r -> r.name().equals(name));
  }
}
