package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hands what the restoring superuser owns over to the migration role, object by object.
 *
 * <p>{@code REASSIGN OWNED} would not do: it stops at an event trigger, which only a superuser may
 * own, and it would take extensions along (manual, CREATE EVENT TRIGGER). What a superuser keeps
 * must not be able to run as him: no function, view or rule of the schema stays behind.
 */
final class Handover {

  private static final int AT_ONCE = 200;

  /** What stays with the superuser, as production has it: nothing of these runs as its owner. */
  private static final Set<String> KEPT =
      Set.of("event trigger", "foreign-data wrapper", "extension", "user mapping", "default acl");

  private final Session superuser;
  private final String giver;
  private final String taker;
  private final List<String> notes = new ArrayList<>();

  private Handover(Session superuser, String giver, String taker) {
    this.superuser = superuser;
    this.giver = giver;
    this.taker = taker;
  }

  /**
   * Does it, on a superuser's session in the database.
   *
   * @return what could not be handed over, for the report
   */
  static List<String> of(Session superuser, String giver, String taker) {
    Handover handover = new Handover(superuser, giver, taker);
    List<Row> silenced = handover.silenceEventTriggers();
    handover.run();
    handover.restoreEventTriggers(silenced);
    return List.copyOf(handover.notes);
  }

  private void run() {
    List<String> commands =
        superuser
            .query(
                "SELECT o.type, o.identity FROM pg_shdepend s"
                    + " CROSS JOIN LATERAL pg_identify_object(s.classid, s.objid, 0) o"
                    + " WHERE s.dbid = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database())"
                    + " AND s.refclassid = 'pg_authid'::regclass AND s.deptype = 'o'"
                    + " AND s.refobjid = "
                    + Identifiers.literal(Identifiers.quote(giver))
                    + "::regrole"
                    // Members of an extension; sequences follow their tables.
                    + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = s.classid"
                    + " AND d.objid = s.objid AND (d.deptype = 'e'"
                    + " OR o.type = 'sequence' AND d.deptype IN ('a', 'i')"
                    + " AND d.refclassid = 'pg_class'::regclass))"
                    + " ORDER BY o.type, o.identity")
            .stream()
            .filter(row -> !KEPT.contains(row.text(0)))
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
    String kind =
        switch (type) {
          case "statistics object" -> "STATISTICS";
          case "composite type" -> "TYPE";
          default -> type.toUpperCase(Locale.ROOT);
        };
    return "ALTER " + kind + " " + identity + " OWNER TO " + Identifiers.quote(taker);
  }

  private void runAlone(String command) {
    try {
      superuser.run(command);
    } catch (SessionException refused) {
      notes.add("not handed over: " + command + " (" + refused.text() + ")");
    }
  }

  /** Those that fire even under {@code session_replication_role = replica}. */
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
