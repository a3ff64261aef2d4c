package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A failed file once more, a savepoint a statement, rolled back at the end: finds the statement
 * that failed, and those after it that fail too.
 */
final class Replay {

  private final MigratingSession session;
  private final Transactions transactions;
  private final Outgoing outgoing;

  Replay(MigratingSession session, Transactions transactions, Outgoing outgoing) {
    this.session = session;
    this.transactions = transactions;
    this.outgoing = outgoing;
  }

  /**
   * A statement that failed.
   *
   * @param index from 0
   * @param position the file's offset that the server's position means, if it gave one
   * @param ended whether it took the session with it
   */
  record Refusal(int index, ServerError error, OptionalInt position, boolean ended) {}

  /**
   * Runs the file's statements.
   *
   * @param from the first that is of interest
   * @param skipped statements not to send, by index: known to fail
   */
  List<Refusal> run(int from, Set<Integer> skipped) {
    transactions.revive();
    Sender sender = new Sender(session, outgoing);
    List<Statement> statements = sender.statements();
    List<Refusal> refusals = new ArrayList<>();
    if (transactions.begin(statements) instanceof Answer.Lost) {
      return refusals;
    }
    for (int i = from; i < statements.size() && !session.stopped(); i++) {
      Statement statement = statements.get(i);
      if (skipped.contains(i) || TransactionControl.of(statement).isPresent()) {
        continue;
      }
      session.command("SAVEPOINT preflight_statement");
      switch (sender.send(statement)) {
        case Answer.Completed _ -> {
          session.command("RELEASE SAVEPOINT preflight_statement");
          if (statement.startsWith("set", "transaction")) {
            // With the savepoint it ended.
            sender.send(statement);
          }
        }
        case Answer.Refused(ServerError error) -> {
          session.command(
              "ROLLBACK TO SAVEPOINT preflight_statement;"
                  + " RELEASE SAVEPOINT preflight_statement");
          refusals.add(
              new Refusal(
                  i,
                  error,
                  error.position() > 0
                      ? OptionalInt.of(outgoing.offset(statement, error.position()))
                      : OptionalInt.empty(),
                  false));
        }
        case Answer.Lost lost -> {
          refusals.add(new Refusal(i, LostSession.error(lost), OptionalInt.empty(), true));
          transactions.revive();
          return refusals;
        }
      }
    }
    transactions.rollback();
    return refusals;
  }
}
