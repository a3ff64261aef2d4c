package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the migration role the owner of what the restoring superuser owns, object by object.
 *
 * <p>{@code REASSIGN OWNED} would not do: it stops at an event trigger, which only a superuser may
 * own, and it would take extensions along
 * (https://www.postgresql.org/docs/current/sql-createeventtrigger.html). What a superuser keeps
 * must not run as him: no function, view or rule of the schema stays behind.
 */
final class OwnershipTransfer {

  private static final int AT_ONCE = 200;

  private final Session superuser;
  private final String giver;
  private final String taker;
  private final List<String> notes = new ArrayList<>();

  private OwnershipTransfer(Session superuser, String giver, String taker) {
    this.superuser = superuser;
    this.giver = giver;
    this.taker = taker;
  }

  /**
   * Transfers them, on a superuser's session in the database.
   *
   * @return what could not be handed over, for the report
   */
  static List<String> of(Session superuser, String giver, String taker) {
    OwnershipTransfer transfer = new OwnershipTransfer(superuser, giver, taker);
    List<Row> silenced = transfer.silenceEventTriggers();
    transfer.run();
    transfer.restoreEventTriggers(silenced);
    return List.copyOf(transfer.notes);
  }

  private void run() {
    List<String> commands =
        superuser.query(UserObjects.ofOwner(giver)).stream()
            .map(row -> command(row.text(0), row.text(1)))
            .collect(Collectors.toCollection(ArrayList::new));
    // A few at a time: each lock of a transaction takes a place in the lock table.
    for (int from = 0; from < commands.size(); from += AT_ONCE) {
      List<String> some = commands.subList(from, Math.min(from + AT_ONCE, commands.size()));
      try {
        superuser.run(String.join("; ", some));
      } catch (SessionException refused) {
        some.forEach(this::runAlone);
      }
    }
  }

  private String command(String type, String identity) {
    String kind = UserObjects.keyword(type);
    return "ALTER " + kind + " " + identity + " OWNER TO " + Identifiers.quote(taker);
  }

  private void runAlone(String command) {
    try {
      superuser.run(command);
    } catch (SessionException refused) {
      notes.add("not handed over: " + command + " (" + refused.text() + ")");
    }
  }

  /** Disables those that fire even under {@code session_replication_role = replica}. */
  private List<Row> silenceEventTriggers() {
    List<Row> loud =
        superuser.query(
            "SELECT quote_ident(evtname), CASE evtenabled WHEN 'A' THEN 'ALWAYS' ELSE 'REPLICA' END"
                + " FROM pg_event_trigger WHERE evtenabled IN ('A', 'R')");
    loud.forEach(row -> superuser.run("ALTER EVENT TRIGGER " + row.text(0) + " DISABLE"));
    return loud;
  }

  private void restoreEventTriggers(List<Row> silenced) {
    silenced.forEach(
        row -> superuser.run("ALTER EVENT TRIGGER " + row.text(0) + " ENABLE " + row.text(1)));
  }
}
