package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Row;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What a session keeps beyond a COMMIT, asked of the session itself: what one file leaves there for
 * the next where a tool runs all of them in one session, and what no rollback of a later file puts
 * back.
 *
 * <p>Custom settings show in <a
 * href="https://www.postgresql.org/docs/current/view-pg-settings.html">no view</a>: they are asked
 * for by the names that the files hold.
 *
 * @param values the value of each thing kept, its text or its mode
 */
public record SessionState(Map<Kept, String> values) {

  /**
   * Something that a session keeps.
   *
   * @param name its name; of an advisory lock its key, or its two keys
   */
  public record Kept(Kind kind, String name) {

    /** Returns true for the role, and for the path on which it looks for names. */
    boolean isOfRole() {
      return kind == Kind.ROLE || (kind == Kind.SETTING && name.equals("search_path"));
    }
  }

  /** A kind of thing that a session keeps. */
  public enum Kind {
    SETTING,
    ROLE,
    PREPARED_STATEMENT,
    ADVISORY_LOCK,
    SHARED_ADVISORY_LOCK,
    TEMPORARY_TABLE,
    TEMPORARY_VIEW,
    CURSOR
  }

  private static final String QUESTION =
      "SELECT 'SETTING', name, setting FROM pg_catalog.pg_settings WHERE source = 'session'"
          + " AND name NOT IN ('transaction_isolation', 'transaction_read_only',"
          + " 'transaction_deferrable') UNION ALL SELECT 'ROLE', 'role', current_user"
          + " UNION ALL SELECT 'PREPARED_STATEMENT', name, statement"
          + " FROM pg_catalog.pg_prepared_statements WHERE from_sql"
          + " UNION ALL SELECT CASE mode WHEN 'ShareLock' THEN 'SHARED_ADVISORY_LOCK'"
          + " ELSE 'ADVISORY_LOCK' END,"
          // One key of 64 bits has objsubid 1, two of 32 bits have 2.
          + " CASE WHEN objsubid = 1 THEN ((classid::bigint << 32) | objid::bigint)::text"
          + " ELSE classid::bigint::bit(32)::integer || ', '"
          + " || objid::bigint::bit(32)::integer END, mode FROM pg_catalog.pg_locks"
          + " WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid() AND granted"
          + " UNION ALL SELECT CASE relkind WHEN 'v' THEN 'TEMPORARY_VIEW'"
          + " ELSE 'TEMPORARY_TABLE' END, relname, oid::text FROM pg_catalog.pg_class"
          + " WHERE relnamespace = pg_catalog.pg_my_temp_schema() AND relkind IN ('r', 'p', 'v')"
          + " AND relname <> 'preflight_guard'"
          + " UNION ALL SELECT 'CURSOR', name, creation_time::text FROM pg_catalog.pg_cursors"
          + " WHERE is_holdable";

  /**
   * Asks a session, which is in no failed transaction.
   *
   * @param custom the names of the custom settings that may be set in it
   */
  static SessionState of(Questions session, Collection<String> custom) {
    String ofCustom =
        custom.stream()
            .map(Identifiers::literal)
            .map(
                name ->
                    " UNION ALL SELECT 'SETTING', "
                        + name
                        + ", pg_catalog.current_setting("
                        + name
                        + ", true)")
            .collect(Collectors.joining());
    Map<Kept, String> values = new LinkedHashMap<>();
    for (Row row : session.ask(QUESTION + ofCustom)) {
      Kept kept = new Kept(Kind.valueOf(row.text(0)), row.text(1));
      // Known, but empty, is what RESET leaves of a custom setting.
      if (!custom.contains(kept.name()) || !row.text(2).isEmpty()) {
        values.put(kept, row.text(2));
      }
    }
    return new SessionState(values);
  }

  /** Returns what is there and was not, or not so, in an earlier state. */
  List<Kept> since(SessionState before) {
    return values.entrySet().stream()
        .filter(kept -> !kept.getValue().equals(before.values.get(kept.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Restores the state in the same session, after a rollback in it. */
  void putBack(MigratingSession session) {
    SessionState now = of(session::query, List.of());
    now.each(
        Kind.PREPARED_STATEMENT,
        (name, _) -> {
          if (!values.containsKey(new Kept(Kind.PREPARED_STATEMENT, name))) {
            session.command("DEALLOCATE " + Identifiers.quote(name));
          }
        });
    prepare(session, now);
    now.locks(
        (key, suffix) -> {
          // A lock may be held more than once.
          boolean held = true;
          while (held) {
            held =
                session
                    .query("SELECT pg_catalog.pg_advisory_unlock" + suffix + "(" + key + ")")
                    .getFirst()
                    .isTrue(0);
          }
        },
        this);
  }

  /** Restores in a new session what can be restored; returns what is lost with the old one. */
  List<Kept> putInto(MigratingSession session) {
    each(
        Kind.SETTING,
        (name, value) ->
            session.command(
                "SELECT pg_catalog.set_config("
                    + Identifiers.literal(name)
                    + ", "
                    + Identifiers.literal(value)
                    + ", false)"));
    SessionState now = of(session::query, List.of());
    prepare(session, now);
    locks(
        (key, suffix) ->
            session.command("SELECT pg_catalog.pg_advisory_lock" + suffix + "(" + key + ")"),
        now);
    each(Kind.ROLE, (_, role) -> session.command("SET ROLE " + Identifiers.quote(role)));
    return values.keySet().stream()
        .filter(
            kept ->
                switch (kept.kind()) {
                  case TEMPORARY_TABLE, TEMPORARY_VIEW, CURSOR -> true;
                  case SETTING, ROLE, PREPARED_STATEMENT, ADVISORY_LOCK, SHARED_ADVISORY_LOCK ->
                      false;
                })
        .toList();
  }

  private void prepare(MigratingSession session, SessionState now) {
    each(
        Kind.PREPARED_STATEMENT,
        (name, text) -> {
          if (!now.values.containsKey(new Kept(Kind.PREPARED_STATEMENT, name))) {
            session.command(text);
          }
        });
  }

  /** Passes on the keys of locks that another state has not, with the ending of their functions. */
  private void locks(BiConsumer<String, String> action, SessionState other) {
    for (Kept kept : values.keySet()) {
      if (!other.values.containsKey(kept)) {
        if (kept.kind() == Kind.ADVISORY_LOCK) {
          action.accept(kept.name(), "");
        } else if (kept.kind() == Kind.SHARED_ADVISORY_LOCK) {
          action.accept(kept.name(), "_shared");
        }
      }
    }
  }

  private void each(Kind kind, BiConsumer<String, String> action) {
    values.forEach(
        (kept, value) -> {
          if (kept.kind() == kind) {
            action.accept(kept.name(), value);
          }
        });
  }
}
