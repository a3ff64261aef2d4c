package dev.confiture.preflight.rehearsal;

import java.util.List;
import java.util.Optional;

/**
 * One run: every pending migration in order, with what happened to it.
 *
 * @param consumed whether what ran is permanent although the database was to be left as it was
 * @param interruption why the last of them were not run, if so
 */
public record RehearsalResult(
    List<RehearsedMigration> migrations, boolean consumed, Optional<Interruption> interruption) {

  public RehearsalResult {
    migrations = List.copyOf(migrations);
  }

  /** Returns true if one of them failed. */
  public boolean failed() {
    return migrations.stream().anyMatch(migration -> !migration.failures().isEmpty());
  }
}
