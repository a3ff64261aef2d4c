package dev.confiture.preflight.migrations;

import dev.confiture.preflight.migrations.LedgerFormat.Applied;
import dev.confiture.preflight.postgres.ConnectionString;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.Problem.LedgerProblem;
import dev.confiture.preflight.problem.Problem.SourceProblem;
import dev.confiture.preflight.problem.Problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ledger that a tool's configuration names, as it was read from the configured database.
 *
 * @param location the configuration's words for it
 * @param applied the applied migrations that it holds
 * @param neighbour another table of the database, if any; looked up only where the ledger is empty
 */
public record ConfiguredLedger(
    Location location, Applied applied, Optional<QualifiedName> neighbour) {

  private static final Map<String, String> LIMITS =
      Map.of(
          "statement_timeout",
          "60s",
          "lock_timeout",
          "5s",
          // A row security policy that hides rows of the ledger would make applied ones pending.
          "row_security",
          "off");

  /**
   * Reads the ledger. The database may be production's, so it is asked in one transaction that only
   * reads, waits for nothing long, and ends at once.
   *
   * @throws SourceProblem if the database cannot be reached, or does not let it be read
   * @throws LedgerProblem if there is none
   */
  public static ConfiguredLedger read(Location location) {
    try (Session session = open(location)) {
      LedgerTable table = table(location, session);
      Applied applied = table.read(session, location.format());
      Optional<QualifiedName> neighbour =
          applied.versions().isEmpty()
              ? LedgerTable.neighbour(
                  session, Optional.of(location.format()), Optional.of(table.name()))
              : Optional.empty();
      session.run("ROLLBACK");
      return new ConfiguredLedger(location, applied, neighbour);
    } catch (SessionException refused) {
      throw new SourceProblem(
          "reading the ledger "
              + location.table()
              + " of "
              + where(location)
              + ": "
              + refused.text(),
          refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
              ? "let the user of the URL read it"
              : "look into the server's log",
          refused);
    }
  }

  /**
   * Returns the pending set's choice. An empty ledger in a database without tables says that
   * nothing is applied.
   *
   * @throws LedgerProblem if it is empty, and the database has other tables: it was not restored
   *     with them, or another tool made them, and every file would fail with "already exists"
   */
  public Selection.Known selection() {
    if (applied.versions().isEmpty() && neighbour.isPresent()) {
      throw new LedgerProblem(
          LedgerProblem.State.EMPTY,
          "the ledger "
              + applied.table()
              + " of "
              + where(location)
              + " is empty, but the database is in use: it has "
              + neighbour.get(),
          "see whether "
              + location.file()
              + " names the right database and table; or name what is applied with --applied-from,"
              + " or with --since in place of the configuration");
    }
    return new Selection.Configured(
        location.file().toString(), applied.table(), applied.versions());
  }

  /** Returns the ledger as the tool writes it: under the configured name. */
  Ledger ledger() {
    return location.table().schema().isPresent()
        ? new Ledger(applied.table(), applied.table())
        : Ledger.of(applied.table());
  }

  private static Session open(Location location) {
    try {
      return Session.openReadOnly(location.database(), LIMITS);
    } catch (IllegalArgumentException unsupported) {
      throw new UsageProblem(
          "connecting to " + where(location) + ": " + unsupported.getMessage(), "", unsupported);
    } catch (SessionException refused) {
      throw new SourceProblem(
          "connecting to " + where(location) + ": " + refused.text(),
          refused.connectionHint(SessionException.Peer.CONFIGURED),
          refused);
    }
  }

  private static String where(Location location) {
    return location.database().redacted() + " (" + location.file() + ")";
  }

  /**
   * Finds the ledger among the tables of its name: a bare name means what {@code search_path}
   * finds.
   */
  private static LedgerTable table(Location location, Session session) {
    QualifiedName wanted = location.table();
    List<LedgerTable> all = LedgerTable.all(session, wanted.name(), location.format());
    LedgerTable table =
        all.stream()
            .filter(
                each -> wanted.schema().isPresent() ? each.name().equals(wanted) : each.isVisible())
            .findFirst()
            .orElseThrow(() -> absent(location, all));
    if (!table.hasVersions(location.format())) {
      throw new SourceProblem(
          "the table "
              + table.name()
              + " of "
              + where(location)
              + " has no column "
              + location.format().version(),
          "see whether the configuration's tracking_table names the right one");
    }
    return table;
  }

  private static Problem absent(Location location, List<LedgerTable> elsewhere) {
    return new LedgerProblem(
        LedgerProblem.State.ABSENT,
        "there is no ledger "
            + location.table()
            + " in "
            + where(location)
            + (elsewhere.isEmpty()
                ? ""
                : elsewhere.stream()
                    .map(each -> each.name().toString())
                    .collect(Collectors.joining(", ", "; there is ", ""))),
        "see whether the configuration names the right database and tracking_table; without one,"
            + " name what is applied with --since or --applied-from in place of the configuration");
  }

  /**
   * The ledger that a tool's configuration names.
   *
   * @param file the configuration, as the user would write it
   * @param database the database that holds the ledger
   * @param table its name as it is configured, without a schema where none is written
   * @param format how its rows are read
   */
  public record Location(
      Path file, ConnectionString database, QualifiedName table, LedgerFormat format) {}
}
