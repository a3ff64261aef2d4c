package dev.confiture.preflight;

import dev.confiture.preflight.migrations.AppliedList;
import dev.confiture.preflight.migrations.MigrationFolder;
import dev.confiture.preflight.migrations.PendingSet;
import dev.confiture.preflight.migrations.Selection;
import dev.confiture.preflight.migrations.TrackingTable;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.session.Session;
import java.util.Map;
import java.util.Optional;

/** Which migrations are pending: what the user names first, then what the database tells. */
final class Pending {

  private Pending() {}

  /**
   * The pending set, and what the tracking table of the database tells, if it has one.
   *
   * @param checksums of applied files, by version
   */
  record Chosen(
      PendingSet pending,
      Optional<QualifiedName> trackingTable,
      Optional<Map<String, String>> checksums) {

    /** Without a look into a database. */
    static Chosen by(PendingSet pending) {
      return new Chosen(pending, Optional.empty(), Optional.empty());
    }
  }

  /** By {@code --since}, else by {@code --applied-from}. */
  static Optional<PendingSet> namedBy(Options options, MigrationFolder folder) {
    return options
        .which()
        .since()
        .<Selection>map(Selection.Since::new)
        .or(() -> options.which().appliedFrom().map(AppliedList::read))
        .map(selection -> PendingSet.of(folder, selection));
  }

  /** As named; else what the tracking table does not hold; else every file. */
  static Chosen choose(Optional<PendingSet> named, MigrationFolder folder, Session database) {
    Optional<TrackingTable> table = TrackingTable.find(database, folder.convention());
    Selection tracked =
        table
            .filter(t -> !t.versions().isEmpty())
            .<Selection>map(t -> new Selection.NotTracked(t.name(), t.versions()))
            .orElseGet(Selection.Everything::new);
    return new Chosen(
        named.orElseGet(() -> PendingSet.of(folder, tracked)),
        table.map(TrackingTable::name),
        table.map(TrackingTable::checksums));
  }
}
