package dev.confiture.preflight.seed;

import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;

/**
 * Sends statements that the server may refuse.
 *
 * <p>In a transaction of the file's own, a savepoint keeps the rest of it: psql would lose the
 * whole transaction to one statement that the sandbox cannot run.
 */
final class RestoreSession {

  private static final String SAVE = "SAVEPOINT preflight_restore;\n";
  private static final String KEEP = "\n;RELEASE SAVEPOINT preflight_restore";
  private static final String UNDO =
      "ROLLBACK TO SAVEPOINT preflight_restore; RELEASE SAVEPOINT preflight_restore";

  private final Session session;

  RestoreSession(Session session) {
    this.session = session;
  }

  /** Returns true in a transaction of the file's own. */
  boolean inTransaction() {
    return session.transactionStatus() == TransactionStatus.IN_BLOCK;
  }

  /** Sends one statement or several. */
  Answer send(String sql) {
    return inTransaction()
        ? undoIfRefused(session.execute(SAVE + sql + KEEP))
        : session.execute(sql);
  }

  /** Sends transaction control of the file's own, without a savepoint. */
  Answer sendPlainly(String sql) {
    return session.execute(sql);
  }

  /** Sends a COPY and its rows. */
  Answer copy(String sql, String rows) {
    if (!inTransaction()) {
      return session.copyIn(sql, rows);
    }
    session.run(SAVE);
    Answer answer = undoIfRefused(session.copyIn(sql, rows));
    if (answer instanceof Answer.Completed) {
      session.run(KEEP);
    }
    return answer;
  }

  private Answer undoIfRefused(Answer answer) {
    if (answer instanceof Answer.Refused) {
      session.run(UNDO);
    }
    return answer;
  }
}
