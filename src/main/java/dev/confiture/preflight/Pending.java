package dev.confiture.preflight;

import dev.confiture.preflight.migrations.AppliedList;
import dev.confiture.preflight.migrations.Configuration;
import dev.confiture.preflight.migrations.ConfiguredDatabase;
import dev.confiture.preflight.migrations.ConfiguredTable;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.TrackingTable;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import java.util.Optional;

/**
 * Which migrations are pending: what the user names first, then what a tracking table tells, the
 * configured database's before the sandbox's own.
 */
final class Pending {

  private final Options options;
  private final MigrationFolder folder;
  private final Optional<ConfiguredTable> configured;
  private final Optional<PendingSet> named;

  private Pending(
      Options options,
      MigrationFolder folder,
      Optional<ConfiguredTable> configured,
      Optional<PendingSet> named) {
    this.options = options;
    this.folder = folder;
    this.configured = configured;
    this.named = named;
  }

  /**
   * The pending set, and what tracking tables told.
   *
   * @param recorded the table whose records count, where one was read
   * @param ledger the table of the sandbox in which the tool records what it runs
   */
  record Chosen(PendingSet pending, Optional<Recorded> recorded, Optional<Ledger> ledger) {

    boolean isEmpty() {
      return pending.files().isEmpty();
    }
  }

  /**
   * Asks what does not need the sandbox.
   *
   * @throws dev.confiture.preflight.problem.Problem if the user names two ways, or the configured
   *     one tells nothing
   */
  static Pending ask(Options options, MigrationFolder folder, Progress progress) {
    Options.Which which = options.which();
    if (which.since().isPresent() && which.config().isPresent()) {
      throw new UsageProblem(
          "--since and a configuration (--config, --env) both tell what is pending",
          "give one of them");
    }
    Optional<ConfiguredTable> configured =
        which
            .config()
            .map(
                file -> {
                  Configuration configuration = Configuration.read(file, options.environment());
                  progress.step("asking " + configuration.database().redacted());
                  return ConfiguredDatabase.read(configuration);
                });
    Optional<PendingSet> named =
        which
            .since()
            .<Selection>map(Selection.Since::new)
            .or(() -> which.appliedFrom().map(AppliedList::read))
            .or(() -> configured.map(ConfiguredTable::selection))
            .map(selection -> PendingSet.of(folder, selection));
    return new Pending(options, folder, configured, named);
  }

  /** What is known without the sandbox. */
  Optional<Chosen> named() {
    return named.map(set -> new Chosen(set, recorded(Optional.empty()), Optional.empty()));
  }

  /** The tracking table by whose owner the migration role is found. */
  Optional<QualifiedName> trackingTable() {
    return configured.map(c -> c.table().name()).or(() -> folder.convention().trackingTable());
  }

  /** As named; else what the tracking table of the seeded database does not hold; else all. */
  Chosen choose(Session database) {
    Optional<TrackingTable> seeded =
        configured.isPresent()
            ? TrackingTable.in(database, configured.get().table().name())
            : TrackingTable.find(database, folder.convention());
    Selection tracked =
        seeded
            .filter(table -> !table.versions().isEmpty())
            .<Selection>map(table -> new Selection.NotTracked(table.name(), table.versions()))
            .orElseGet(Selection.Everything::new);
    return new Chosen(
        named.orElseGet(() -> PendingSet.of(folder, tracked)),
        recorded(seeded),
        seeded.map(table -> configured.map(ConfiguredTable::ledger).orElseGet(table::ledger)));
  }

  private Optional<Recorded> recorded(Optional<TrackingTable> seeded) {
    return configured
        .map(c -> Recorded.by(c, seeded, folder))
        .or(() -> seeded.map(table -> Recorded.inSandbox(table, options)));
  }
}
