package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.SessionException;
import dev.confiture.preflight.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends by hand what a COMMIT ends and the release of a savepoint does not: <a
 * href="https://www.postgresql.org/docs/current/sql-set.html">settings made with SET LOCAL</a>, ON
 * COMMIT actions of temporary tables, and cursors without HOLD.
 *
 * <p>Locks of a transaction stay held, which their own session never notices.
 */
final class CommitEnds {

  private final MigratingSession session;
  private final Questions questions;
  private final Set<String> emptied = new LinkedHashSet<>();
  private final Set<String> known = new HashSet<>();
  private LocalSettings local = LocalSettings.NONE;

  CommitEnds(MigratingSession session, Questions questions) {
    this.session = session;
    this.questions = questions;
  }

  /** Notes the local settings before a file, and gives the file what a new transaction has. */
  Answer before(List<Statement> statements) {
    local = LocalSettings.of(statements, session);
    // A transaction takes default_transaction_read_only when it begins, and this one began long
    // ago. Set within the file's savepoint, READ ONLY ends with that.
    boolean readOnly =
        session
            .query("SELECT pg_catalog.current_setting('default_transaction_read_only')::boolean")
            .getFirst()
            .isTrue(0);
    return readOnly
        ? session.command("SET TRANSACTION READ ONLY")
        : new Answer.Completed(List.of());
  }

  /** Ends what a COMMIT would end, after the file's savepoint was released. */
  void after(List<Statement> statements) {
    attempt(local.restoring());
    // First, as COMMIT does: an open cursor keeps its table.
    attempt(
        questions.ask("SELECT name FROM pg_cursors WHERE NOT is_holdable AND name <> ''").stream()
            .map(row -> "CLOSE " + Identifiers.quote(row.text(0)))
            .toList());
    TemporaryTables made = TemporaryTables.of(statements);
    made.dropped().forEach(table -> attempt(List.of("DROP TABLE IF EXISTS " + table + " CASCADE")));
    emptied.addAll(made.emptied());
    emptied.removeIf(table -> !exists(table));
    if (!emptied.isEmpty()) {
      attempt(List.of("TRUNCATE " + String.join(", ", emptied)));
    }
    known.addAll(made.all());
  }

  /**
   * Returns true if a temporary table exists that no statement's text makes: a function may have
   * made it with ON COMMIT DROP, which no catalog tells.
   */
  boolean mayHaveDropped(String table) {
    return !known.contains(table)
        && !questions
            .ask(
                "SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relname = "
                    + Identifiers.literal(table))
            .isEmpty();
  }

  private boolean exists(String table) {
    return !questions
        .ask("SELECT WHERE to_regclass(" + Identifiers.literal(table) + ") IS NOT NULL")
        .isEmpty();
  }

  /** Runs commands in a savepoint, since an error would end the transaction of all files. */
  private void attempt(List<String> commands) {
    if (commands.isEmpty()) {
      return;
    }
    String all = commands.stream().map(c -> c + "; ").collect(Collectors.joining());
    try {
      session.query("SAVEPOINT preflight_end; " + all + "RELEASE SAVEPOINT preflight_end");
    } catch (SessionException refused) {
      session.command("ROLLBACK TO SAVEPOINT preflight_end; RELEASE SAVEPOINT preflight_end");
    }
  }
}
