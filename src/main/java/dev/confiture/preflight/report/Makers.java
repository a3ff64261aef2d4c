package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
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

/** What the migrations of a run have made and removed, to find who made what exists already. */
final class Makers {

  /**
   * A statement's effect that took place.
   *
   * @param order which of the run's migrations it belongs to
   */
  private record Made(int order, MigrationFile file, Effect effect, int line) {}

  private final Map<MigrationFile, Integer> orders = new HashMap<>();
  private final Map<String, List<Made>> byName = new HashMap<>();

  private Makers() {}

  static Makers of(List<JudgedMigration> all) {
    Makers makers = new Makers();
    for (JudgedMigration migration : all) {
      makers.orders.put(migration.rehearsed().migration().file(), makers.orders.size());
      makers.add(migration);
    }
    return makers;
  }

  /** The earlier migration of this run that made what a later one would make again. */
  Optional<String> madeEarlier(String name, Failure failure, MigrationFile file) {
    Optional<String> table = NamedInMessage.table(failure.error());
    int before = orders.getOrDefault(file, 0);
    return byName.getOrDefault(name, List.of()).stream()
        .filter(made -> made.order() < before)
        .filter(made -> isIt(made.effect().object(), table, failure.error().sqlState()))
        .reduce((_, last) -> last)
        .filter(made -> made.effect().change() == Effect.Change.MAKES)
        .map(
            made ->
                made.file().title()
                    + ", earlier in this run, makes it too (line "
                    + made.line()
                    + ")");
  }

  private void add(JudgedMigration migration) {
    MigrationFile file = migration.rehearsed().migration().file();
    for (Statement statement : migration.rehearsed().withEffect()) {
      for (Effect effect : Effects.of(statement)) {
        int line = statement.source().position(effect.offset()).line();
        byName
            .computeIfAbsent(effect.object().name().name(), _ -> new ArrayList<>())
            .add(new Made(orders.size() - 1, file, effect, line));
      }
    }
  }

  private static boolean isIt(DatabaseObject object, Optional<String> table, String sqlState) {
    boolean kind =
        switch (sqlState) {
          case SqlState.DUPLICATE_TABLE -> object.kind() == ObjectKind.RELATION;
          case SqlState.DUPLICATE_COLUMN -> object.kind() == ObjectKind.COLUMN;
          case SqlState.DUPLICATE_FUNCTION -> object.kind() == ObjectKind.FUNCTION;
          case SqlState.DUPLICATE_SCHEMA -> object.kind() == ObjectKind.SCHEMA;
          default -> object.kind() != ObjectKind.RELATION && object.kind() != ObjectKind.COLUMN;
        };
    return kind
        && (object.parent().isEmpty()
            || table.isEmpty()
            || object.parent().get().name().equals(table.get()));
  }
}
