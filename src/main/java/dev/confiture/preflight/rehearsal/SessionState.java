package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state that earlier files left in a session that all files share, and that no rollback of a
 * later file puts back: prepared statements and advisory locks; with its settings, its role and its
 * temporary tables all that goes with the session when its backend dies.
 *
 * @param prepared the text of each prepared statement, by its name
 * @param locks the advisory locks, as the arguments that lock and unlock them
 * @param settings the settings of the session, by their names
 * @param role the role that it acts as
 * @param lostWithIt what no other session can be given: temporary tables and held cursors
 */
record SessionState(
    Map<String, String> prepared,
    List<Lock> locks,
    Map<String, String> settings,
    String role,
    List<String> lostWithIt) {

  /**
   * An advisory lock.
   *
   * @param key its key, or its two keys
   */
  record Lock(String key, boolean shared) {

    private String call(String function) {
      return "pg_catalog." + function + (shared ? "_shared" : "") + "(" + key + ")";
    }
  }

  /** Reads the state from the session itself, which is in no failed transaction. */
  static SessionState of(MigratingSession session) {
    return new SessionState(
        byName(
            session.query(
                "SELECT name, statement FROM pg_catalog.pg_prepared_statements WHERE from_sql")),
        locks(session),
        byName(
            session.query(
                "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'")),
        session.query("SELECT current_user").getFirst().text(0),
        session
            .query(
                "SELECT 'the temporary table ' || relname FROM pg_catalog.pg_class WHERE"
                    + " relnamespace = pg_catalog.pg_my_temp_schema() AND relkind IN ('r', 'p',"
                    + " 'v') UNION ALL SELECT 'the cursor ' || name FROM pg_catalog.pg_cursors"
                    + " WHERE is_holdable ORDER BY 1")
            .stream()
            .map(row -> row.text(0))
            .toList());
  }

  private static List<Lock> locks(MigratingSession session) {
    return session
        .query(
            // One key of 64 bits has objsubid 1, two of 32 bits have 2.
            "SELECT CASE WHEN objsubid = 1"
                + " THEN ((classid::bigint << 32) | objid::bigint)::text"
                + " ELSE classid::bigint::bit(32)::integer || ', '"
                + " || objid::bigint::bit(32)::integer END,"
                + " mode = 'ShareLock' FROM pg_catalog.pg_locks"
                + " WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid() AND granted")
        .stream()
        .map(row -> new Lock(row.text(0), row.isTrue(1)))
        .toList();
  }

  private static Map<String, String> byName(List<Row> rows) {
    Map<String, String> values = new LinkedHashMap<>();
    rows.forEach(row -> values.put(row.text(0), row.text(1)));
    return values;
  }

  /** Restores the state in the same session, after a rollback in it. */
  void putBack(MigratingSession session) {
    SessionState now = of(session);
    now.prepared.keySet().stream()
        .filter(name -> !prepared.containsKey(name))
        .forEach(name -> session.command("DEALLOCATE " + Identifiers.quote(name)));
    prepare(session, now);
    for (Lock lock : now.locks) {
      if (!locks.contains(lock)) {
        // A lock may be held more than once.
        boolean held = true;
        while (held) {
          held = session.query("SELECT " + lock.call("pg_advisory_unlock")).getFirst().isTrue(0);
        }
      }
    }
  }

  /** Restores in a new session what can be restored; returns what is lost. */
  List<String> putInto(MigratingSession session) {
    settings.forEach(
        (name, value) ->
            session.command(
                "SELECT pg_catalog.set_config("
                    + Identifiers.literal(name)
                    + ", "
                    + Identifiers.literal(value)
                    + ", false)"));
    prepare(session, of(session));
    locks.forEach(lock -> session.command("SELECT " + lock.call("pg_advisory_lock")));
    session.command("SET ROLE " + Identifiers.quote(role));
    return lostWithIt;
  }

  private void prepare(MigratingSession session, SessionState now) {
    prepared.forEach(
        (name, text) -> {
          if (!now.prepared.containsKey(name)) {
            session.command(text);
          }
        });
  }
}
