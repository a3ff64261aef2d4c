package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A real transaction a file, committed, in a database that is thrown away. */
final class CommittedTransactions implements Transactions {

  private static final Frame FRAME = new Frame("BEGIN", "COMMIT", 1);
  private static final Frame WITH_SAVEPOINT =
      new Frame("BEGIN; SAVEPOINT preflight_file", "RELEASE SAVEPOINT preflight_file; COMMIT", 2);

  private final MigratingSession session;
  private final Session control;
  private final Frame frame;

  /**
   * Makes the transactions of one run.
   *
   * @param control for questions: a session of its own, which sees what was committed
   */
  CommittedTransactions(MigratingSession session, Session control, Execution execution) {
    this.session = session;
    this.control = control;
    this.frame = execution.scope() == Execution.Scope.FILE_IN_SAVEPOINT ? WITH_SAVEPOINT : FRAME;
  }

  @Override
  public void nextFile(Begins begins) {
    switch (begins) {
      case IN_SAME_SESSION -> session.revive();
      case DISCARDED -> session.discard();
      case IN_NEW_SESSION -> session.renew();
    }
  }

  @Override
  public void revive() {
    session.revive();
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
  public Optional<Frame> frame() {
    return Optional.of(frame);
  }

  @Override
  public Answer begin(List<Statement> statements) {
    return session.command(frame.begin());
  }

  @Override
  public Answer commit(List<Statement> statements) {
    return session.send(frame.commit(), 1);
  }

  @Override
  public void rollback() {
    session.command("ROLLBACK");
  }

  @Override
  public boolean leave() {
    return true;
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
    // What was committed stays.
  }

  @Override
  public Set<TransactionFact> facts(ServerError error) {
    return Set.of();
  }

  @Override
  public List<Row> ask(String sql) {
    return control.query(sql);
  }

  @Override
  public void close() {}
}
