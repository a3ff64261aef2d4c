package dev.confiture.preflight.migrations;

import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Problem;
import dev.confiture.preflight.problem.SourceProblem;
import dev.confiture.preflight.problem.TrackingTableProblem;
import dev.confiture.preflight.problem.UsageProblem;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The database that a configuration names: it may be production's, so it is asked in one
 * transaction that only reads, waits for nothing long, and ends at once.
 */
public final class ConfiguredDatabase {

  private static final Map<String, String> LIMITS =
      Map.of(
          "statement_timeout",
          "60s",
          "lock_timeout",
          "5s",
          // A policy that hides rows would make what is applied pending.
          "row_security",
          "off");

  private final Configuration configuration;

  private ConfiguredDatabase(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Reads the tracking table.
   *
   * @throws SourceProblem if the database cannot be reached, or does not let it be read
   * @throws TrackingTableProblem if there is none
   */
  public static ConfiguredTable read(Configuration configuration) {
    return new ConfiguredDatabase(configuration).read();
  }

  private ConfiguredTable read() {
    try (Session session = open()) {
      TrackingTablePlace place = place(session);
      TrackingTable table = TrackingTable.read(session, place);
      Optional<QualifiedName> neighbour =
          table.versions().isEmpty()
              ? UserTables.first(session, Optional.of(place.name()))
              : Optional.empty();
      session.run("ROLLBACK");
      return new ConfiguredTable(configuration, table, neighbour);
    } catch (SessionException refused) {
      throw new SourceProblem(
          "reading the tracking table "
              + configuration.trackingTable()
              + " of "
              + where()
              + ": "
              + refused.text(),
          refused.is(SqlState.INSUFFICIENT_PRIVILEGE)
              ? "let the user of the URL read it"
              : "look into the server's log",
          refused);
    }
  }

  private Session open() {
    try {
      return Session.openReadOnly(configuration.database(), LIMITS);
    } catch (IllegalArgumentException unsupported) {
      throw new UsageProblem(
          "connecting to " + where() + ": " + unsupported.getMessage(), "", unsupported);
    } catch (SessionException refused) {
      throw new SourceProblem(
          "connecting to " + where() + ": " + refused.text(), refused.connectionHint(), refused);
    }
  }

  private String where() {
    return configuration.database().redacted() + " (" + configuration.file() + ")";
  }

  /** As the session finds it: a bare name by its {@code search_path}. */
  private TrackingTablePlace place(Session session) {
    QualifiedName wanted = configuration.trackingTable();
    List<TrackingTablePlace> all = TrackingTablePlace.all(session, wanted.name());
    TrackingTablePlace place =
        all.stream()
            .filter(
                each -> wanted.schema().isPresent() ? each.name().equals(wanted) : each.isVisible())
            .findFirst()
            .orElseThrow(() -> absent(all));
    if (!place.hasVersions()) {
      throw new SourceProblem(
          "the table " + place.name() + " of " + where() + " has no column version",
          "see whether the configuration's tracking_table names the right one");
    }
    return place;
  }

  private Problem absent(List<TrackingTablePlace> elsewhere) {
    return new TrackingTableProblem(
        TrackingTableProblem.State.ABSENT,
        "there is no tracking table "
            + configuration.trackingTable()
            + " in "
            + where()
            + (elsewhere.isEmpty()
                ? ""
                : elsewhere.stream()
                    .map(each -> each.name().toString())
                    .collect(Collectors.joining(", ", "; there is ", ""))),
        "see whether the configuration names the right database and tracking_table; without one,"
            + " name what is applied with --since or --applied-from in place of the configuration");
  }
}
