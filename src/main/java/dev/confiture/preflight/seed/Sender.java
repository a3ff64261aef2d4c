package dev.confiture.preflight.seed;

import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;

/**
 * Sends what may be refused. In a transaction of the file's own a savepoint keeps the rest: psql
 * would lose the whole transaction to one statement that the sandbox cannot run.
 */
final class Sender {

  private static final String SAVE = "SAVEPOINT preflight_restore;\n";
  private static final String KEEP = "\n;RELEASE SAVEPOINT preflight_restore";
  private static final String UNDO =
      "ROLLBACK TO SAVEPOINT preflight_restore; RELEASE SAVEPOINT preflight_restore";

  private final Session session;

  Sender(Session session) {
    this.session = session;
  }

  /** Whether a transaction of the file's own is open. */
  boolean inBlock() {
    return session.transactionStatus() == TransactionStatus.IN_BLOCK;
  }

  /** Sends one statement or several. */
  Answer send(String sql) {
    return inBlock() ? undone(session.execute(SAVE + sql + KEEP)) : session.execute(sql);
  }

  /** Sends transaction control of the file's own. */
  Answer sendAsItIs(String sql) {
    return session.execute(sql);
  }

  /** Sends rows. */
  Answer copy(String sql, String rows) {
    if (!inBlock()) {
      return session.copyIn(sql, rows);
    }
    session.run(SAVE);
    Answer answer = undone(session.copyIn(sql, rows));
    if (answer instanceof Answer.Completed) {
      session.run(KEEP);
    }
    return answer;
  }

  private Answer undone(Answer answer) {
    if (answer instanceof Answer.Refused) {
      session.run(UNDO);
    }
    return answer;
  }
}
