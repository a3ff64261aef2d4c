package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Answer.Notice;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A statement at a time, as {@code psql -f} does: in one transaction, or outside one where the
 * server says that a statement needs that, or as the file's own BEGIN and COMMIT have it.
 */
final class StatementDelivery implements Delivery {

  private final MigratingSession session;
  private final Transactions transactions;
  private final Outgoing outgoing;
  private final Sender sender;

  StatementDelivery(MigratingSession session, Transactions transactions, Outgoing outgoing) {
    this.session = session;
    this.transactions = transactions;
    this.outgoing = outgoing;
    this.sender = new Sender(session, outgoing);
  }

  @Override
  public Delivered deliver() {
    if (outgoing.needsNoTransaction() && !transactions.leave()) {
      return new Delivered.Skipped(Delivered.NON_TRANSACTIONAL);
    }
    if (sender.statements().stream().anyMatch(StatementDelivery::isBoundary)) {
      return ownTransactions();
    }
    Delivered inside = inTransaction();
    if (inside instanceof Delivered.Stopped stopped && stopped.error().needsNoTransactionBlock()) {
      if (transactions.leave()) {
        return each(RunMode.OUTSIDE_TRANSACTION);
      }
      return outgoing.mayRunOutside(stopped.error())
          ? new Delivered.Skipped(Delivered.NON_TRANSACTIONAL)
          : inside;
    }
    return inside;
  }

  private static boolean isBoundary(Statement statement) {
    return TransactionControl.of(statement).filter(TransactionControl::isBoundary).isPresent();
  }

  private Delivered inTransaction() {
    if (transactions.begin(sender.statements()) instanceof Answer.Lost(String reason, _, _)) {
      return new Delivered.ServerGone(RunMode.TRANSACTION, reason);
    }
    Delivered delivered = each(RunMode.TRANSACTION);
    if (!(delivered instanceof Delivered.Committed committed)) {
      transactions.rollback();
      return delivered;
    }
    return switch (transactions.commit(sender.statements())) {
      case Answer.Completed _ -> committed;
      case Answer.Refused(ServerError error) -> {
        transactions.rollback();
        yield atCommit(RunMode.TRANSACTION, error);
      }
      case Answer.Lost lost -> atCommit(RunMode.TRANSACTION, LostSession.error(lost));
    };
  }

  private Delivered ownTransactions() {
    Delivered delivered = each(RunMode.OWN_TRANSACTIONS);
    boolean open = session.status() != TransactionStatus.IDLE;
    session.command("ROLLBACK");
    if (delivered instanceof Delivered.Committed && open) {
      int begin = lastBegin();
      return new Delivered.Stopped(
          RunMode.OWN_TRANSACTIONS,
          Failure.Source.TOOL,
          ServerError.of(
              SqlState.NO_ACTIVE_SQL_TRANSACTION,
              "the file leaves a transaction open: its session ends without COMMIT, and what was"
                  + " done since BEGIN is rolled back",
              Optional.of("end the file with COMMIT")),
          OptionalInt.empty(),
          OptionalInt.of(begin),
          begin);
    }
    return delivered;
  }

  private int lastBegin() {
    List<Statement> statements = sender.statements();
    for (int i = statements.size() - 1; i >= 0; i--) {
      Statement statement = statements.get(i);
      if (TransactionControl.chains(statement)
          || TransactionControl.of(statement)
              .filter(TransactionControl::startsTransaction)
              .isPresent()) {
        return i;
      }
    }
    return 0;
  }

  private Delivered each(RunMode mode) {
    List<Notice> notices = new ArrayList<>();
    List<Statement> statements = sender.statements();
    int committed = 0;
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      switch (sender.send(statement)) {
        case Answer.Completed(List<Notice> said) -> notices.addAll(said);
        case Answer.Refused(ServerError error) -> {
          return new Delivered.Stopped(
              mode,
              Failure.Source.SERVER,
              error,
              error.position() > 0
                  ? OptionalInt.of(outgoing.offset(statement, error.position()))
                  : OptionalInt.empty(),
              OptionalInt.of(i),
              committed);
        }
        case Answer.Lost lost -> {
          return new Delivered.Stopped(
              mode,
              LostSession.source(lost),
              LostSession.error(lost),
              OptionalInt.empty(),
              OptionalInt.of(i),
              committed);
        }
      }
      if (mode != RunMode.TRANSACTION && session.status() == TransactionStatus.IDLE) {
        committed = i + 1;
      }
    }
    return new Delivered.Committed(mode, notices);
  }

  private static Delivered atCommit(RunMode mode, ServerError error) {
    return new Delivered.Stopped(
        mode, Failure.Source.COMMIT, error, OptionalInt.empty(), OptionalInt.empty(), 0);
  }
}
