package dev.confiture.preflight;

import dev.confiture.preflight.migrations.ConfiguredTable;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.TrackingTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tracking table recorded, held against the sandbox's own.
 *
 * @param table the table
 * @param from where it was read
 * @param notInSchema versions that it holds, and the table of the seeded schema does not
 * @param onlyInSchema versions that it does not hold, and the table of the seeded schema does
 */
record Recorded(
    TrackingTable table, Origin from, List<String> notInSchema, List<String> onlyInSchema) {

  /** Where a table was read. */
  enum Origin {
    /** In the database that a configuration names. */
    CONFIG,
    /** In the production database. */
    SOURCE,
    /** In the seeded schema: the file holds its rows. */
    SCHEMA,
    /** In the named database. */
    AGAINST
  }

  /**
   * The configured one. A schema without rows tells nothing; one with others is of another moment,
   * or of another database.
   */
  static Recorded by(
      ConfiguredTable configured, Optional<TrackingTable> seeded, MigrationFolder folder) {
    Set<String> versions = configured.table().versions();
    Set<String> inSchema =
        seeded.map(TrackingTable::versions).filter(s -> !s.isEmpty()).orElse(versions);
    return new Recorded(
        configured.table(),
        Origin.CONFIG,
        without(versions, inSchema, folder),
        without(inSchema, versions, folder));
  }

  /** Production's own. */
  static Recorded inProduction(TrackingTable table) {
    return new Recorded(table, Origin.SOURCE, List.of(), List.of());
  }

  /** The one of the sandbox. */
  static Recorded inSandbox(TrackingTable table, Options options) {
    return new Recorded(
        table, options.schema().isPresent() ? Origin.SCHEMA : Origin.AGAINST, List.of(), List.of());
  }

  private static List<String> without(
      Set<String> versions, Set<String> others, MigrationFolder folder) {
    return versions.stream()
        .filter(version -> !others.contains(version))
        .sorted(folder.tool().versionOrder())
        .toList();
  }
}
