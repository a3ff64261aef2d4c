package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import dev.confiture.preflight.sandbox.MigratedDatabase;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One real transaction around all files, as tools have it that deploy them all or none: committed
 * behind the last one, in a database that is thrown away.
 *
 * <p>A file that fails ends it, as it ends the deployment. The next file is judged as if the failed
 * one were not there: what passed is sent again, in another such transaction. A savepoint would be
 * cheaper, and wrong: in one, PostgreSQL refuses a new label of an enum type that the transaction
 * has made, {@code COPY FREEZE} and {@code SET TRANSACTION}. Only where too much had to be sent
 * again, or the file has a COMMIT of its own, savepoints must do.
 */
final class RunTransactions implements Transactions {

  /** Limits how many files are sent again in all: the cost stays that of a run. */
  private static final int MOST_REPEATED = 1_000;

  private final MigratingSession session;
  private final MigratedDatabase database;
  private final Sequences sequences;
  private final List<Delivery> kept = new ArrayList<>();
  private final List<Delivery> passed = new ArrayList<>();
  private State state = State.NEW;
  private int repeated;
  private boolean repeating;
  private boolean inSavepoint;
  private boolean checked;

  private enum State {
    /** Nothing was sent yet. */
    NEW,
    /** It is to be begun again. */
    NOT_BEGUN,
    OPEN,
    /** A file's own COMMIT or ROLLBACK ended it: the tool begins no other. */
    ENDED
  }

  RunTransactions(MigratingSession session, MigratedDatabase database) {
    this.session = session;
    this.database = database;
    this.sequences = new Sequences(this);
  }

  @Override
  public void nextFile(Begins begins) {
    if (!session.isLost() && session.status() == TransactionStatus.FAILED_BLOCK) {
      rollback();
    }
    revive();
  }

  @Override
  public void revive() {
    if (session.isLost()) {
      // With its backend the transaction went, and in it all that earlier files did.
      if (state == State.OPEN) {
        repeat();
      } else {
        session.renew();
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
    if (state == State.NEW || state == State.NOT_BEGUN) {
      if (state == State.NEW) {
        sequences.remember();
      }
      Answer begun = session.command("BEGIN");
      if (!(begun instanceof Answer.Completed)) {
        return begun;
      }
      state = State.OPEN;
    } else if (session.status() == TransactionStatus.IDLE) {
      ended();
    }
    inSavepoint =
        state == State.OPEN
            ? endsTransaction(statements) || repeated >= MOST_REPEATED
            : session.status() == TransactionStatus.IN_BLOCK;
    return inSavepoint
        ? session.command("SAVEPOINT preflight_file")
        : new Answer.Completed(List.of());
  }

  private static boolean endsTransaction(List<Statement> statements) {
    return statements.stream()
        .anyMatch(
            statement ->
                TransactionControl.of(statement)
                    .filter(TransactionControl::endsTransaction)
                    .isPresent());
  }

  private void ended() {
    state = State.ENDED;
    passed.clear();
  }

  @Override
  public Answer commit(List<Statement> statements) {
    if (endsTransaction(statements)) {
      ended();
    }
    if (state != State.OPEN || session.status() != TransactionStatus.IN_BLOCK) {
      return new Answer.Completed(List.of());
    }
    if (inSavepoint) {
      session.command("RELEASE SAVEPOINT preflight_file");
      inSavepoint = false;
    }
    return checked && !repeating ? check() : new Answer.Completed(List.of());
  }

  /** Asks what a COMMIT would say of deferred constraints now, and leaves them deferred. */
  private Answer check() {
    session.command("SAVEPOINT preflight_check");
    Answer answer = session.send("SET CONSTRAINTS ALL IMMEDIATE", 1);
    session.command("ROLLBACK TO SAVEPOINT preflight_check; RELEASE SAVEPOINT preflight_check");
    return answer;
  }

  @Override
  public void checksNext(boolean refused) {
    checked = refused;
  }

  @Override
  public void rollback() {
    if (session.isLost()) {
      return;
    }
    if (session.status() == TransactionStatus.IDLE) {
      if (state == State.OPEN) {
        ended();
      }
    } else if (inSavepoint) {
      if (!(session.command(
              "ROLLBACK TO SAVEPOINT preflight_file; RELEASE SAVEPOINT preflight_file")
          instanceof Answer.Completed)) {
        // The file has ended the transaction in which it was made.
        session.command("ROLLBACK");
        ended();
      }
    } else {
      session.command("ROLLBACK");
      if (state == State.OPEN && !repeating) {
        repeat();
      }
    }
  }

  /** Begins again, and sends what passed: what of it does not pass now is left out. */
  private void repeat() {
    repeating = true;
    boolean lent = false;
    boolean again = true;
    while (again && !session.stopped()) {
      again = false;
      restart();
      for (Delivery delivery : List.copyOf(passed)) {
        repeated++;
        SendResult sent = delivery.deliver();
        if (sent instanceof SendResult.Committed) {
          continue;
        }
        if (isRefusedRight(sent) && !lent && database.lendRights()) {
          lent = true;
        } else {
          passed.remove(delivery);
        }
        again = true;
        break;
      }
    }
    if (lent) {
      database.takeBackRights();
    }
    repeating = false;
  }

  private static boolean isRefusedRight(SendResult sent) {
    return sent instanceof SendResult.Stopped stopped
        && stopped.error().is(SqlState.INSUFFICIENT_PRIVILEGE);
  }

  /** Takes all back: prepared statements and locks of the session outlive a ROLLBACK. */
  private void restart() {
    session.renew();
    state = State.NOT_BEGUN;
    sequences.putBack();
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
    kept.add(delivery);
    if (state == State.OPEN) {
      passed.add(delivery);
    }
  }

  @Override
  public int kept() {
    return kept.size();
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
        : control().query(sql);
  }

  private Session control() {
    return database.control();
  }

  @Override
  public Optional<Refused> end() {
    if (session.isLost() || state != State.OPEN || session.status() != TransactionStatus.IN_BLOCK) {
      return Optional.empty();
    }
    return switch (session.send("COMMIT", 1)) {
      case Answer.Refused(ServerError error, _) when !passed.isEmpty() ->
          Optional.of(new Refused(error, withoutCulprit()));
      case Answer.Refused _, Answer.Completed _, Answer.Lost _ -> Optional.empty();
    };
  }

  /**
   * Finds the file from which on a COMMIT is refused, and begins again without it.
   *
   * @return its index among those that were kept
   */
  private int withoutCulprit() {
    repeating = true;
    restart();
    int good = 0;
    for (int i = 0; i < passed.size(); i++) {
      if (passed.get(i).deliver() instanceof SendResult.Committed
          && check() instanceof Answer.Completed) {
        good = i + 1;
      }
    }
    session.command("ROLLBACK");
    repeating = false;
    Delivery culprit = passed.remove(Math.min(good, passed.size() - 1));
    repeat();
    return kept.indexOf(culprit);
  }

  @Override
  public void close() {
    if (!session.isLost() && session.status() != TransactionStatus.IDLE) {
      session.command("ROLLBACK");
    }
  }
}
