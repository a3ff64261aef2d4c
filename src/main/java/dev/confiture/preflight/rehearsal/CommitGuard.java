package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Opens the transaction around all files so that a COMMIT that was not seen in a file's text cannot
 * end it: a <a href="https://www.postgresql.org/docs/current/sql-createtrigger.html">deferred
 * constraint trigger</a> refuses, and what ran after a ROLLBACK would only read.
 *
 * <p>It guards against faults of ours, not against who knows it.
 */
final class CommitGuard {

  /** The name of the table, of the trigger on it and of its function. */
  static final String NAME = "preflight_guard";

  private static final String PERMISSION = "preflight.commits";

  /**
   * Refuses only at the end of the transaction itself. {@code SET CONSTRAINTS} fires it inside a
   * savepoint, where a row bears the savepoint's id: it then adds one that waits again.
   */
  private static final String MAKE =
      "CREATE TEMP TABLE preflight_guard (n int);"
          + " CREATE FUNCTION pg_temp.preflight_guard() RETURNS trigger LANGUAGE plpgsql"
          + " SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$ BEGIN"
          + " IF current_setting('preflight.commits', true) = 'on' THEN RETURN NULL; END IF;"
          + " IF (SELECT g.xmin::text::bigint FROM pg_temp.preflight_guard g WHERE g.n = NEW.n)"
          + " = pg_current_xact_id()::text::bigint & 4294967295 THEN"
          + " RAISE 'COMMIT would end the transaction around all files, which is rolled back'"
          + " USING ERRCODE = '2D000', HINT = 'rehearse it with clone isolation'; END IF;"
          + " SET CONSTRAINTS pg_temp.preflight_guard DEFERRED;"
          + " INSERT INTO pg_temp.preflight_guard VALUES (NEW.n + 1);"
          + " RETURN NULL; END $guard$;"
          + " CREATE CONSTRAINT TRIGGER preflight_guard AFTER INSERT ON pg_temp.preflight_guard"
          + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
          + " EXECUTE FUNCTION pg_temp.preflight_guard();"
          // Also under session_replication_role = replica, which migrations of data set.
          + " ALTER TABLE pg_temp.preflight_guard ENABLE ALWAYS TRIGGER preflight_guard;"
          + " INSERT INTO pg_temp.preflight_guard VALUES (0);";

  /** Lists what {@code DISCARD TEMP} drops, which the guard's waiting row does not let run. */
  private static final String TEMPORARY =
      "SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE'"
          + " WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, 'pg_temp.' || pg_catalog.quote_ident(relname)"
          + " FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema()"
          + " AND relkind IN ('r', 'p', 'v', 'S', 'c', 'f') AND relname <> 'preflight_guard'"
          + " UNION ALL SELECT 'ROUTINE', oid::pg_catalog.regprocedure::text FROM pg_catalog.pg_proc"
          + " WHERE pronamespace = pg_catalog.pg_my_temp_schema() AND proname <> 'preflight_guard'"
          + " UNION ALL SELECT CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END,"
          + " 'pg_temp.' || pg_catalog.quote_ident(typname) FROM pg_catalog.pg_type"
          + " WHERE typnamespace = pg_catalog.pg_my_temp_schema() AND typtype IN ('d', 'e', 'r')";

  /** Does as {@code DISCARD TEMP} does but for the guard, in one statement. */
  private static final String DISCARD =
      "DO $discard$ DECLARE said text := pg_catalog.current_setting('client_min_messages');"
          + " one text; BEGIN PERFORM pg_catalog.set_config('client_min_messages', 'error', true);"
          + " FOREACH one IN ARRAY COALESCE((SELECT pg_catalog.array_agg('DROP ' || kind"
          + " || ' IF EXISTS ' || name || ' CASCADE') FROM ("
          + TEMPORARY
          + ") AS temporary (kind, name)), '{}') LOOP EXECUTE one; END LOOP;"
          + " PERFORM pg_catalog.set_config('client_min_messages', said, true); END $discard$";

  private final MigratingSession session;
  private final String readOnly;
  private boolean made;

  CommitGuard(MigratingSession session) {
    this.session = session;
    this.readOnly =
        session
            .query("SELECT pg_catalog.current_setting('default_transaction_read_only')")
            .getFirst()
            .text(0);
  }

  /** Begins the transaction; a file in it finds the setting that it would find without it. */
  void begin() {
    session.query("SET default_transaction_read_only = on");
    session.query(
        "BEGIN READ WRITE; SET default_transaction_read_only = " + readOnly + "; SAVEPOINT guard");
    try {
      session.query(MAKE + " RELEASE SAVEPOINT guard");
      made = true;
    } catch (SessionException refused) {
      // A role may lack TEMPORARY, or a database PL/pgSQL.
      session.query("ROLLBACK TO SAVEPOINT guard; RELEASE SAVEPOINT guard");
      made = false;
    }
  }

  /** Returns what is sent for {@code DISCARD TEMP}, which would be refused for the guard's sake. */
  static Optional<String> discarding(Statement statement) {
    return statement.startsWith("discard", "temp") || statement.startsWith("discard", "temporary")
        ? Optional.of(DISCARD)
        : Optional.empty();
  }

  /** Drops the temporary objects of files, as {@code DISCARD TEMP} does. */
  void discardTemporary() {
    if (!made) {
      session.query("DISCARD TEMP");
      return;
    }
    List<String> drops = session.query(TEMPORARY).stream().map(CommitGuard::drop).toList();
    if (!drops.isEmpty() && !attempt(String.join("; ", drops))) {
      drops.forEach(this::attempt);
    }
  }

  private static String drop(Row object) {
    return "DROP " + object.text(0) + " IF EXISTS " + object.text(1) + " CASCADE";
  }

  /** Commits the transaction after all: from here on what runs is permanent. */
  void commit() {
    session.query("SET LOCAL " + PERMISSION + " = 'on'; COMMIT");
    session.query("SET default_transaction_read_only = " + Identifiers.literal(readOnly));
    if (made) {
      made = false;
      var _ =
          attempt("DROP TABLE pg_temp.preflight_guard; DROP FUNCTION pg_temp.preflight_guard()");
    }
  }

  /** Sends what may be refused, where a file has changed the role; returns true if it was done. */
  private boolean attempt(String commands) {
    if (session.status() == TransactionStatus.IDLE) {
      return session.command(commands) instanceof Answer.Completed;
    }
    boolean done =
        session.command("SAVEPOINT guard; " + commands + "; RELEASE SAVEPOINT guard")
            instanceof Answer.Completed;
    if (!done) {
      session.command("ROLLBACK TO SAVEPOINT guard; RELEASE SAVEPOINT guard");
    }
    return done;
  }
}
