package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Ledger;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.rehearsal.Evidence.TransactionFact;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Script;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Savepoint isolation: one transaction around all files, a savepoint a file, rolled back at the
 * end.
 *
 * <p>What a real COMMIT does besides making things permanent is done by hand at the end of each
 * file: deferred constraints are checked, and what lives as long as a transaction ends. Names of
 * savepoints are fixed, never made from input. A statement that runs only outside a transaction
 * needs this one to be given up; from then on files are really committed.
 */
final class SavepointTransactions implements Transactions {

  private final MigratingSession session;
  private final CommittedTransactions afterwards;
  private final Execution execution;
  private final boolean mayLeave;
  private final Optional<String> numberedColumn;
  private final List<Delivery> passed = new ArrayList<>();
  private final DeferredConstraints deferred;
  private final CommitEnds commitEnds;
  private final SavepointFacts facts;
  private final CommitGuard guard;
  private String transaction = "";
  private long lastKey;
  private boolean checksNext;
  private boolean committed;
  private int good;
  private boolean escaped;
  private State state = State.OPEN;

  private enum State {
    /** The transaction is there, and nothing is permanent. */
    OPEN,
    /** It was committed: files are committed one by one from here on. */
    LEFT,
    /** It was rolled back. */
    ENDED
  }

  /**
   * Opens the transaction.
   *
   * @param afterwards how files run once this transaction was given up
   * @param execution how the tool runs a file that asks for nothing else
   * @param mayLeave whether it may be given up
   * @param numberedColumn the column of the tool's record that a sequence numbers
   */
  SavepointTransactions(
      MigratingSession session,
      CommittedTransactions afterwards,
      Execution execution,
      boolean mayLeave,
      Optional<String> numberedColumn) {
    this.session = session;
    this.afterwards = afterwards;
    this.execution = execution;
    this.mayLeave = mayLeave;
    this.numberedColumn = numberedColumn;
    this.deferred = new DeferredConstraints(session, this);
    this.commitEnds = new CommitEnds(session, this);
    this.facts = new SavepointFacts(this, deferred, commitEnds);
    this.guard = new CommitGuard(session);
    open();
  }

  private void open() {
    guard.begin();
    session.query("SAVEPOINT preflight_run");
    transaction = current();
  }

  /**
   * Returns the number of the transaction: what ends it and begins another gives it another one.
   */
  private String current() {
    return session.query("SELECT pg_catalog.pg_current_xact_id()").getFirst().text(0);
  }

  @Override
  public void nextFile(Begins begins) {
    if (state != State.OPEN) {
      afterwards.nextFile(begins);
      return;
    }
    revive();
    if (begins != Begins.IN_SAME_SESSION) {
      reset();
    }
  }

  private void reset() {
    session.reset();
    guard.discardTemporary();
  }

  @Override
  public void revive() {
    if (state != State.OPEN) {
      afterwards.revive();
    } else if (session.isLost()) {
      // With its backend the transaction went, and in it all that earlier files did.
      session.renew();
      beginAgain();
    }
  }

  /** Runs the files that passed once more, so that the next one finds what they made. */
  private void repeat() {
    for (Delivery delivery : List.copyOf(passed)) {
      if (!execution.sharesOneSession()) {
        reset();
      }
      delivery.deliver();
    }
  }

  @Override
  public List<Refusal> refusals(Script script) {
    return state == State.OPEN && !takesBoundariesOut()
        ? OwnTransactions.refusals(script)
        : List.of();
  }

  @Override
  public String textToSend(String text) {
    // A tool that fails at a file's own COMMIT does so at a pair around all of it, too.
    return state == State.OPEN
            && !takesBoundariesOut()
            && execution.ownEnd() == Execution.OwnEnd.IGNORED
        ? OwnTransactions.withoutWrapper(text)
        : text;
  }

  /** Returns true if the tool itself takes BEGIN and COMMIT out of a file. */
  private boolean takesBoundariesOut() {
    return execution.scope() == Execution.Scope.FILE_IN_SAVEPOINT;
  }

  @Override
  public boolean areReal() {
    return state != State.OPEN;
  }

  @Override
  public Answer begin(List<Statement> statements) {
    if (state != State.OPEN) {
      return afterwards.begin(statements);
    }
    Answer begun = session.command("SAVEPOINT preflight_file");
    return begun instanceof Answer.Completed && commitsBetween()
        ? commitEnds.before(statements)
        : begun;
  }

  @Override
  public Answer commit(List<Statement> statements) {
    if (state != State.OPEN) {
      return afterwards.commit(statements);
    }
    if (!isOurs()) {
      session.command("ROLLBACK");
      beginAgain();
      return new Answer.Refused(
          ServerError.of(
              SqlState.INVALID_TRANSACTION_TERMINATION,
              "the file ended the transaction around all files"
                  + (escaped ? ": what it and the files before it did is permanent" : ""),
              Optional.of("rehearse it with clone isolation")));
    }
    Answer checked = commitsBetween() ? deferred.check() : look();
    if (!(checked instanceof Answer.Completed)) {
      return checked;
    }
    Answer released = session.command("RELEASE SAVEPOINT preflight_file");
    if (!(released instanceof Answer.Completed)) {
      return released;
    }
    if (execution.sharesOneSession() && commitsBetween()) {
      commitEnds.after(statements);
    }
    return checked;
  }

  /** Returns true if the tool commits each file: else one transaction around all is its own way. */
  private boolean commitsBetween() {
    return execution.scope() != Execution.Scope.RUN;
  }

  /**
   * Looks what a COMMIT would say behind this file, and leaves constraints deferred: a later file
   * may mend what it refuses.
   */
  private Answer look() {
    Answer said = wouldCommit();
    if (said instanceof Answer.Completed) {
      good = passed.size() + 1;
    }
    return checksNext ? said : new Answer.Completed(List.of());
  }

  private Answer wouldCommit() {
    session.command("SAVEPOINT preflight_check");
    Answer said = session.send("SET CONSTRAINTS ALL IMMEDIATE", 1);
    session.command("ROLLBACK TO SAVEPOINT preflight_check; RELEASE SAVEPOINT preflight_check");
    return said;
  }

  @Override
  public void checksNext(boolean refused) {
    checksNext = refused;
  }

  @Override
  public Optional<Refused> end() {
    if (committed || commitsBetween() || state != State.OPEN || session.isLost()) {
      return Optional.empty();
    }
    // It cannot be taken out of the transaction: once is all that can be asked.
    committed = true;
    return wouldCommit() instanceof Answer.Refused(ServerError error, _) && !passed.isEmpty()
        ? Optional.of(new Refused(error, Math.min(good, passed.size() - 1)))
        : Optional.empty();
  }

  /** Opens another transaction after the last one ended, and runs in it what passed. */
  private void beginAgain() {
    boolean committed =
        session
            .query("SELECT pg_catalog.pg_xact_status('" + transaction + "'::pg_catalog.xid8)")
            .stream()
            .anyMatch(row -> row.text(0).equals("committed"));
    if (committed) {
      // What is permanent need not be repeated; what follows is kept from the database again.
      escaped = true;
      passed.clear();
    }
    open();
    repeat();
  }

  /** Returns true if the transaction around all files is still the one that was opened. */
  private boolean isOurs() {
    return session.status() == TransactionStatus.IN_BLOCK && current().equals(transaction);
  }

  @Override
  public void rollback() {
    if (state != State.OPEN) {
      afterwards.rollback();
      return;
    }
    Answer back =
        session.command("ROLLBACK TO SAVEPOINT preflight_file; RELEASE SAVEPOINT preflight_file");
    if (back instanceof Answer.Lost || (back instanceof Answer.Completed && isOurs())) {
      return;
    }
    // The file released the savepoint: back to the beginning, and again what passed.
    if (session.command("ROLLBACK TO SAVEPOINT preflight_run") instanceof Answer.Completed
        && isOurs()) {
      repeat();
    } else {
      // It released that one too, or ended the transaction.
      session.command("ROLLBACK");
      beginAgain();
    }
  }

  @Override
  public boolean leave() {
    if (state == State.OPEN && mayLeave) {
      // Before it is sent: an answer that is lost does not undo it.
      state = State.LEFT;
      guard.commit();
    }
    return state == State.LEFT && mayLeave;
  }

  @Override
  public boolean consumed() {
    return escaped || state == State.LEFT;
  }

  @Override
  public Optional<Ledger.Key> ledgerKey() {
    return state == State.OPEN
        ? numberedColumn.map(column -> new Ledger.Key(column, --lastKey))
        : Optional.empty();
  }

  @Override
  public void keep(Delivery delivery) {
    passed.add(delivery);
  }

  @Override
  public int kept() {
    return passed.size();
  }

  @Override
  public Set<TransactionFact> facts(ServerError error) {
    return state == State.OPEN ? facts.of(error) : Set.of();
  }

  /** Asks in the transaction itself: no other session sees what the files before have made. */
  @Override
  public List<Row> ask(String sql) {
    if (state != State.OPEN) {
      return afterwards.ask(sql);
    }
    return Questions.inside(session, sql);
  }

  @Override
  public void close() {
    if (state == State.OPEN) {
      state = State.ENDED;
      session.command("ROLLBACK TO SAVEPOINT preflight_run; RELEASE SAVEPOINT preflight_run");
      session.command("ROLLBACK");
    }
  }
}
