package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.Identifiers;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks what a COMMIT would check, without one, by <a
 * href="https://www.postgresql.org/docs/current/sql-set-constraints.html">SET CONSTRAINTS</a>.
 *
 * <p>Afterwards every constraint is as it was declared: those that are not deferred by default stay
 * immediate, so each of the others is named. A name means every constraint of that name in its
 * schema; where one of them cannot be deferred, the check is made and its effect on the modes taken
 * back, which also brings back the events that wait.
 */
final class DeferredConstraints {

  private static final String DEFERRED =
      "SELECT DISTINCT n.nspname, k.conname, EXISTS (SELECT FROM pg_constraint o"
          + " WHERE o.connamespace = k.connamespace AND o.conname = k.conname"
          + " AND NOT o.condeferrable) OR NOT has_schema_privilege(n.oid, 'USAGE')"
          + " FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace"
          + " WHERE k.condeferred ORDER BY 1, 2";

  private final MigratingSession session;
  private final Questions questions;
  private boolean keepsEvents;

  DeferredConstraints(MigratingSession session, Questions questions) {
    this.session = session;
    this.questions = questions;
  }

  /** Fires the deferred checks; the answer is refused where a constraint is violated. */
  Answer check() {
    List<Row> all = questions.ask(DEFERRED);
    if (all.stream().anyMatch(row -> row.isTrue(2))) {
      return checkAndTakeBack();
    }
    Answer checked = session.send("SET CONSTRAINTS ALL IMMEDIATE", 1);
    return checked instanceof Answer.Completed && !all.isEmpty()
        ? session.command("SET CONSTRAINTS " + names(all) + " DEFERRED")
        : checked;
  }

  /** Returns true if events still wait that a COMMIT would have fired. */
  boolean keepsEvents() {
    return keepsEvents;
  }

  private Answer checkAndTakeBack() {
    keepsEvents = true;
    session.command("SAVEPOINT preflight_check");
    Answer checked = session.send("SET CONSTRAINTS ALL IMMEDIATE", 1);
    Answer back =
        session.command("ROLLBACK TO SAVEPOINT preflight_check; RELEASE SAVEPOINT preflight_check");
    return checked instanceof Answer.Completed ? back : checked;
  }

  private static String names(List<Row> constraints) {
    return constraints.stream()
        .map(row -> Identifiers.quote(row.text(0)) + "." + Identifiers.quote(row.text(1)))
        .collect(Collectors.joining(", "));
  }
}
