package dev.confiture.preflight.report;

import dev.confiture.preflight.findings.JudgedMigration;
import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.migrations.MigrationText;
import dev.confiture.preflight.postgres.DatabaseObject;
import dev.confiture.preflight.postgres.ObjectKind;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Failure;
import dev.confiture.preflight.sql.Effect;
import dev.confiture.preflight.sql.Effects;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The earlier migration of this run that made what a later one would make again. */
final class Maker {

  private Maker() {}

  static Optional<String> of(
      String name, Failure failure, JudgedMigration migration, List<JudgedMigration> all) {
    Optional<String> table = NamedInMessage.table(failure.error());
    Optional<String> found = Optional.empty();
    for (JudgedMigration earlier : all) {
      if (file(earlier).equals(file(migration))) {
        break;
      }
      if (earlier.rehearsed().migration().text() instanceof MigrationText.Sql text) {
        for (Statement statement : text.script().statements()) {
          if (tookEffect(statement, earlier)) {
            for (Effect effect : Effects.of(statement)) {
              if (isIt(effect.object(), name, table, failure.error().sqlState())) {
                int line = statement.source().position(effect.offset()).line();
                found =
                    effect.change() == Effect.Change.MAKES
                        ? Optional.of(made(earlier, line))
                        : Optional.empty();
              }
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean isIt(
      DatabaseObject object, String name, Optional<String> table, String sqlState) {
    boolean kind =
        switch (sqlState) {
          case SqlState.DUPLICATE_TABLE -> object.kind() == ObjectKind.RELATION;
          case SqlState.DUPLICATE_COLUMN -> object.kind() == ObjectKind.COLUMN;
          case SqlState.DUPLICATE_FUNCTION -> object.kind() == ObjectKind.FUNCTION;
          case SqlState.DUPLICATE_SCHEMA -> object.kind() == ObjectKind.SCHEMA;
          default -> object.kind() != ObjectKind.RELATION && object.kind() != ObjectKind.COLUMN;
        };
    boolean parent =
        object.parent().isEmpty()
            || table.isEmpty()
            || object.parent().get().name().equals(table.get());
    return kind && parent && object.name().name().equals(name);
  }

  /** By offsets: what was sent is not the file's text, but as long. */
  private static boolean tookEffect(Statement statement, JudgedMigration migration) {
    return migration.rehearsed().notRun().isEmpty()
        && migration.rehearsed().withoutEffect().stream()
            .noneMatch(none -> none.start() == statement.start());
  }

  private static MigrationFile file(JudgedMigration migration) {
    return migration.rehearsed().migration().file();
  }

  private static String made(JudgedMigration earlier, int line) {
    return file(earlier).title() + ", earlier in this run, makes it too (line " + line + ")";
  }
}
