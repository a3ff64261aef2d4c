package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.problem.TrackingTableProblem;
import java.util.Optional;

/**
 * The tracking table that a configuration names, as it was read from the configured database.
 *
 * @param configuration what names it
 * @param table what it holds
 * @param neighbour where it is empty: a table that the database has beside it, if any
 */
public record ConfiguredTable(
    Configuration configuration, TrackingTable table, Optional<QualifiedName> neighbour) {

  /**
   * What it says is pending. An empty one in a database without tables says that all is.
   *
   * @throws TrackingTableProblem if it is empty, and the database has other tables: it was not
   *     restored with them, or another tool made them, and every file would fail with "already
   *     exists"
   */
  public Selection selection() {
    if (table.versions().isEmpty() && neighbour.isPresent()) {
      throw new TrackingTableProblem(
          TrackingTableProblem.State.EMPTY,
          "the tracking table "
              + table.name()
              + " of "
              + configuration.database().redacted()
              + " ("
              + configuration.file()
              + ") is empty, but the database is in use: it has "
              + neighbour.get(),
          "see whether "
              + configuration.file()
              + " names the right database and table; or name what is applied with --applied-from,"
              + " or with --since in place of the configuration");
    }
    return new Selection.Configured(
        configuration.file().toString(), table.name(), table.versions());
  }

  /** As the tool records: under the name that is configured, bare only where that finds it. */
  public Ledger ledger() {
    return configuration.trackingTable().schema().isPresent()
        ? new Ledger(table.name(), table.name())
        : table.ledger();
  }
}
