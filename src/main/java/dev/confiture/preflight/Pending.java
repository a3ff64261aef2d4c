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
import dev.confiture.preflight.migrations.UserTables;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import java.util.Optional;

/**
 * Which migrations are pending: what the user names first, then what a tracking table tells, the
 * configured database's before production's, and that before the sandbox's own.
 */
final class Pending {

  private final Options options;
  private final MigrationFolder folder;
  private final Optional<ConfiguredTable> configured;
  private final Optional<PendingSet> named;
  private final Optional<TrackingTable> production;

  private Pending(
      Options options,
      MigrationFolder folder,
      Optional<ConfiguredTable> configured,
      Optional<PendingSet> named,
      Optional<TrackingTable> production) {
    this.options = options;
    this.folder = folder;
    this.configured = configured;
    this.named = named;
    this.production = production;
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
                  progress.step(
                      "asking " + configuration.database().redacted() + " what is applied");
                  return ConfiguredDatabase.read(configuration);
                });
    Optional<PendingSet> named =
        which
            .since()
            .<Selection>map(Selection.Since::new)
            .or(() -> which.appliedFrom().map(AppliedList::read))
            .or(() -> configured.map(ConfiguredTable::selection))
            .map(selection -> PendingSet.of(folder, selection));
    return new Pending(options, folder, configured, named, Optional.empty());
  }

  /**
   * The same, with what production's own tracking table tells, unless a configuration names one.
   *
   * @throws UsageProblem if nothing tells what is applied, and that must be known
   */
  Pending in(Session production) {
    if (configured.isPresent()) {
      return this;
    }
    Optional<TrackingTable> table = TrackingTable.find(production, folder.tool());
    Optional<PendingSet> told =
        named.or(() -> notTracked(table).map(selection -> PendingSet.of(folder, selection)));
    if (told.isEmpty()) {
      requireKnown(production);
    }
    return new Pending(options, folder, configured, told, table);
  }

  /** What is known without the sandbox. */
  Optional<Chosen> named() {
    return named.map(set -> new Chosen(set, recorded(Optional.empty()), Optional.empty()));
  }

  /** The tracking table by whose owner the migration role is found. */
  Optional<QualifiedName> trackingTable() {
    return configured.map(c -> c.table().name()).or(() -> folder.tool().trackingTable());
  }

  /** As named; else what the tracking table of the seeded database does not hold; else all. */
  Chosen choose(Session database) {
    Optional<TrackingTable> seeded =
        configured.isPresent()
            ? TrackingTable.in(database, configured.get().table().name())
            : TrackingTable.find(database, folder.tool());
    Optional<Selection> tracked = notTracked(seeded);
    if (named.isEmpty() && tracked.isEmpty()) {
      requireKnown(database);
    }
    return new Chosen(
        named.orElseGet(() -> PendingSet.of(folder, tracked.orElseGet(Selection.Everything::new))),
        recorded(seeded),
        seeded.map(table -> configured.map(ConfiguredTable::ledger).orElseGet(table::ledger)));
  }

  private static Optional<Selection> notTracked(Optional<TrackingTable> table) {
    return table
        .filter(found -> !found.versions().isEmpty())
        .map(found -> new Selection.NotTracked(found.name(), found.versions()));
  }

  /** On a schema in use, what is applied already can only fail. */
  private void requireKnown(Session database) {
    if (options.which().orEverything()) {
      return;
    }
    Optional<QualifiedName> table = UserTables.first(database, folder.tool().trackingTable());
    if (table.isPresent()) {
      throw new UsageProblem(
          "nothing tells which migrations are applied, and the schema is in use: it has "
              + table.get(),
          "name the first version to rehearse (since), a file with the applied ones"
              + " (applied_from) or confiture's environment (confiture_env), or let the user read"
              + " a tracking table with rows");
    }
  }

  private Optional<Recorded> recorded(Optional<TrackingTable> seeded) {
    return configured
        .map(c -> Recorded.by(c, seeded, folder))
        .or(() -> production.map(Recorded::inProduction))
        .or(() -> seeded.map(table -> Recorded.inSandbox(table, options)));
  }
}
