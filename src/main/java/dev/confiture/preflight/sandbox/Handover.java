package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.SessionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /**
   * What the giver owns here, save event triggers, foreign data wrappers, subscriptions, the
   * members of extensions, and what follows its table: sequences of columns, row types, arrays.
   *
   * <p>From the catalogs themselves: pg_shdepend knows nothing of what the server's first superuser
   * owns (manual, 52.50, "pinned"). Objects of initdb have numbers below 16384.
   */
  private static final String OWNED =
      """
      WITH owned (class, number, owner) AS (
        SELECT 'pg_class'::regclass, oid, relowner FROM pg_class
          WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner FROM pg_type t
          WHERE t.typtype <> 'm'
          AND (t.typtype <> 'c' OR (SELECT relkind FROM pg_class c WHERE c.oid = t.typrelid) = 'c')
          AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
        UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
        UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace
          WHERE nspname !~ '^pg_'
        UNION ALL SELECT 'pg_operator'::regclass, oid, oprowner FROM pg_operator
        UNION ALL SELECT 'pg_opclass'::regclass, oid, opcowner FROM pg_opclass
        UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfowner FROM pg_opfamily
        UNION ALL SELECT 'pg_collation'::regclass, oid, collowner FROM pg_collation
        UNION ALL SELECT 'pg_conversion'::regclass, oid, conowner FROM pg_conversion
        UNION ALL SELECT 'pg_language'::regclass, oid, lanowner FROM pg_language
        UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictowner FROM pg_ts_dict
        UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgowner FROM pg_ts_config
        UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxowner FROM pg_statistic_ext
        UNION ALL SELECT 'pg_foreign_server'::regclass, oid, srvowner FROM pg_foreign_server
        UNION ALL SELECT 'pg_publication'::regclass, oid, pubowner FROM pg_publication
        UNION ALL SELECT 'pg_largeobject'::regclass, oid, lomowner FROM pg_largeobject_metadata)
      SELECT o.type, o.identity FROM owned
      CROSS JOIN LATERAL pg_identify_object(class, number, 0) o
      WHERE owner = GIVER::regrole AND (number >= 16384 OR class = 'pg_largeobject'::regclass)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = class AND d.objid = number
        AND (d.deptype = 'e' OR o.type = 'sequence' AND d.deptype IN ('a', 'i')
          AND d.refclassid = 'pg_class'::regclass))
      ORDER BY o.type, o.identity
      """;

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
            .query(OWNED.replace("GIVER", Identifiers.literal(Identifiers.quote(giver))))
            .stream()
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
