package dev.confiture.preflight.rehearsal;

import java.util.List;
import java.util.Optional;

/**
 * The result of one run: every pending migration in order.
 *
 * @param consumed true if what ran is permanent although the database was to be left as it was
 * @param interruption the reason for which the last of them were not run, if so
 */
public record RehearsalResult(
    List<RehearsedMigration> migrations, boolean consumed, Optional<Interruption> interruption) {

  public RehearsalResult {
    migrations = List.copyOf(migrations);
  }

  /** Returns true if a migration failed. */
  public boolean failed() {
    return migrations.stream().anyMatch(migration -> !migration.failures().isEmpty());
  }
}
