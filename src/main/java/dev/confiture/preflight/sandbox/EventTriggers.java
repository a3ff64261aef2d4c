package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import java.util.List;

/**
 * Keeps a database's own <a
 * href="https://www.postgresql.org/docs/current/event-triggers.html">event triggers</a> from
 * running on what the engine does there as a superuser: those that fire even under {@code
 * session_replication_role = replica}.
 */
final class EventTriggers {

  private EventTriggers() {}

  /** Does something while none fires, as far as the session's user may see to that. */
  static void silenced(Session superuser, Runnable task) {
    List<Row> loud =
        superuser.query(
            "SELECT quote_ident(evtname), CASE evtenabled WHEN 'A' THEN 'ALWAYS'"
                + " ELSE 'REPLICA' END FROM pg_event_trigger WHERE evtenabled IN ('A', 'R')"
                + " AND current_setting('is_superuser')::boolean");
    // No event trigger fires for commands on event triggers.
    loud.forEach(row -> superuser.run("ALTER EVENT TRIGGER " + row.text(0) + " DISABLE"));
    task.run();
    loud.forEach(
        row -> superuser.run("ALTER EVENT TRIGGER " + row.text(0) + " ENABLE " + row.text(1)));
  }
}
