package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One real transaction around all files, as tools have it that deploy them all or none: committed
 * behind the last one, in a database that is thrown away. A file that fails goes back to a
 * savepoint, so that the next one is judged as if the failed one were not there.
 */
final class RunTransactions implements Transactions {

  private final MigratingSession session;
  private final Session control;
  private final boolean checksEach;
  private final List<Delivery> passed = new ArrayList<>();
  private State state = State.NOT_BEGUN;

  private enum State {
    NOT_BEGUN,
    OPEN,
    /** A file's own COMMIT or ROLLBACK ended it: the tool begins no other. */
    ENDED
  }

  /**
   * Makes the transaction of one run.
   *
   * @param control for questions once the transaction has ended
   * @param checksEach true to check each file's deferred constraints at its end: some file's are
   *     known to fail at COMMIT
   */
  RunTransactions(MigratingSession session, Session control, boolean checksEach) {
    this.session = session;
    this.control = control;
    this.checksEach = checksEach;
  }

  @Override
  public void nextFile(Begins begins) {
    revive();
  }

  @Override
  public void revive() {
    if (session.isLost()) {
      // With its backend the transaction went, and in it all that earlier files did.
      session.renew();
      if (state == State.OPEN) {
        state = State.NOT_BEGUN;
        List.copyOf(passed).forEach(Delivery::deliver);
      }
    }
  }

  @Override
  public List<Refusal> refusals(Script script) {
    return List.of();
  }

  @Override
  public String textToSend(String text) {
    return text;
  }

  @Override
  public boolean areReal() {
    return true;
  }

  @Override
  public Answer begin(List<Statement> statements) {
    if (state == State.NOT_BEGUN) {
      state = State.OPEN;
      Answer begun = session.command("BEGIN");
      if (!(begun instanceof Answer.Completed)) {
        return begun;
      }
    } else if (session.status() == TransactionStatus.IDLE) {
      state = State.ENDED;
      passed.clear();
    }
    return state == State.OPEN
        ? session.command("SAVEPOINT preflight_file")
        : new Answer.Completed(List.of());
  }

  @Override
  public Answer commit(List<Statement> statements) {
    if (!checksEach || session.status() != TransactionStatus.IN_BLOCK) {
      return new Answer.Completed(List.of());
    }
    session.command("SAVEPOINT preflight_check");
    Answer checked = session.send("SET CONSTRAINTS ALL IMMEDIATE", 1);
    session.command("ROLLBACK TO SAVEPOINT preflight_check; RELEASE SAVEPOINT preflight_check");
    return checked;
  }

  @Override
  public void rollback() {
    // The file may have given up the savepoint, with a COMMIT of its own or a RELEASE.
    if (session.status() != TransactionStatus.IDLE
        && !(session.command("ROLLBACK TO SAVEPOINT preflight_file") instanceof Answer.Completed)) {
      session.command("ROLLBACK");
    }
  }

  /** Outside it is where it has not begun: a tool begins it with the first file that is inside. */
  @Override
  public boolean leave() {
    return session.status() == TransactionStatus.IDLE;
  }

  @Override
  public boolean consumed() {
    return false;
  }

  @Override
  public Optional<Ledger.Key> ledgerKey() {
    return Optional.empty();
  }

  @Override
  public void keep(Delivery delivery) {
    passed.add(delivery);
  }

  @Override
  public Set<TransactionFact> facts(ServerError error) {
    return Set.of();
  }

  /** Asks in the transaction itself: no other session sees what the files before have made. */
  @Override
  public List<Row> ask(String sql) {
    return session.status() == TransactionStatus.IN_BLOCK
        ? Questions.inside(session, sql)
        : control.query(sql);
  }

  @Override
  public Optional<Refused> end() {
    if (session.isLost() || session.status() != TransactionStatus.IN_BLOCK) {
      return Optional.empty();
    }
    return switch (session.send("COMMIT", 1)) {
      case Answer.Refused(ServerError error, _) -> Optional.of(new Refused(error, culprit()));
      case Answer.Completed _, Answer.Lost _ -> Optional.empty();
    };
  }

  /** Returns the index, among the files that passed, of the first with which a COMMIT fails. */
  private int culprit() {
    RunTransactions again = new RunTransactions(session, control, true);
    try (again) {
      for (int i = 0; i < passed.size(); i++) {
        if (passed.get(i).with(again).deliver() instanceof SendResult.Stopped) {
          return i;
        }
      }
    }
    return passed.size() - 1;
  }

  @Override
  public void close() {
    if (!session.isLost() && session.status() != TransactionStatus.IDLE) {
      session.command("ROLLBACK");
    }
  }
}
