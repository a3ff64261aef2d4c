package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.MigrationFile;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Returns the same with migrations passed that the tool itself has executed: what the server
   * refuses when it is sent again is for want of something of the tool's. Rights are its own to
   * tell.
   */
  public RehearsalResult passing(Set<MigrationFile> executed) {
    return new RehearsalResult(
        migrations.stream()
            .map(
                result ->
                    executed.contains(result.migration().file()) && isRefusedBySending(result)
                        ? result.passed("it fails when it is sent again, and not in the command")
                        : result)
            .toList(),
        consumed,
        interruption);
  }

  private static boolean isRefusedBySending(RehearsedMigration result) {
    return !result.failures().isEmpty()
        && result.failures().stream()
            .allMatch(
                failure ->
                    switch (failure.source()) {
                      case SERVER, COMMIT, LEDGER ->
                          !failure.error().is(SqlState.INSUFFICIENT_PRIVILEGE);
                      case TOOL, LIMIT, BACKEND, UNSUPPORTED -> false;
                    });
  }

  /** Returns the same with a failure that only the tool itself has at a migration. */
  public RehearsalResult failedAt(MigrationFile file, String message) {
    Failure failure =
        new Failure(
            Failure.Source.TOOL,
            ServerError.of("", message, Optional.empty()),
            Place.of(Optional.empty()),
            Optional.empty(),
            Evidence.NONE);
    return new RehearsalResult(
        migrations.stream()
            .map(result -> result.migration().file().equals(file) ? result.with(failure) : result)
            .toList(),
        consumed,
        interruption);
  }

  /** Returns true if a migration failed. */
  public boolean failed() {
    return migrations.stream().anyMatch(migration -> !migration.failures().isEmpty());
  }
}
