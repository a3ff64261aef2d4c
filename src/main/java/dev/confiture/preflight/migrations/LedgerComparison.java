package dev.confiture.preflight.migrations;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger whose rows count, compared with that of the rehearsed database.
 *
 * @param applied the applied migrations that the ledger holds
 * @param from the place where it was read
 * @param notInSchema versions that it holds, and the ledger of the seeded schema does not
 * @param onlyInSchema versions that it does not hold, and the ledger of the seeded schema does
 */
public record LedgerComparison(
    Applied applied, Origin from, List<String> notInSchema, List<String> onlyInSchema) {

  public LedgerComparison {
    notInSchema = List.copyOf(notInSchema);
    onlyInSchema = List.copyOf(onlyInSchema);
  }

  /** The place where a ledger was read. */
  public enum Origin {
    /** In the database that a configuration names. */
    CONFIG,
    /** In the production database. */
    SOURCE,
    /** In the seeded schema: the file holds its rows. */
    SCHEMA,
    /** In the external database that is rehearsed on. */
    AGAINST
  }

  /** Returns a ledger that there is nothing to compare with. */
  static LedgerComparison alone(Applied applied, Origin from) {
    return new LedgerComparison(applied, from, List.of(), List.of());
  }

  /**
   * Compares the configured ledger with the seeded one. A schema without rows tells nothing; one
   * with others is of another moment, or of another database.
   */
  static LedgerComparison of(
      ConfiguredLedger configured, Optional<Applied> seeded, MigrationFolder folder) {
    Set<String> versions = configured.applied().versions();
    Set<String> inSchema = seeded.map(Applied::versions).filter(s -> !s.isEmpty()).orElse(versions);
    return new LedgerComparison(
        configured.applied(),
        Origin.CONFIG,
        without(versions, inSchema, folder),
        without(inSchema, versions, folder));
  }

  private static List<String> without(
      Set<String> versions, Set<String> others, MigrationFolder folder) {
    return versions.stream()
        .filter(version -> !others.contains(version))
        .sorted(folder.versionOrder())
        .toList();
  }
}
