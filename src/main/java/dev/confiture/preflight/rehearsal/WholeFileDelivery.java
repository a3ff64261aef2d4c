package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Answer.Notice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The whole text as one simple query in a savepoint of the tool's transaction, then the tool's own
 * record, RELEASE and COMMIT; outside a transaction where the only statement needs that.
 */
final class WholeFileDelivery implements Delivery {

  private final MigratingSession session;
  private final Transactions transactions;
  private final Outgoing outgoing;
  private final Optional<String> ledgerInsert;

  WholeFileDelivery(
      MigratingSession session,
      Transactions transactions,
      Outgoing outgoing,
      Optional<String> ledgerInsert) {
    this.session = session;
    this.transactions = transactions;
    this.outgoing = outgoing;
    this.ledgerInsert = ledgerInsert;
  }

  @Override
  public Delivered deliver() {
    if (outgoing.needsNoTransaction() && !transactions.leave()) {
      return new Delivered.Skipped(Delivered.NON_TRANSACTIONAL);
    }
    Delivered delivered = inTransaction();
    if (delivered instanceof Delivered.Stopped stopped) {
      transactions.rollback();
      if (stopped.error().needsNoTransactionBlock() && !isOfProcedure(stopped)) {
        if (!transactions.leave()) {
          return outgoing.mayRunOutside(stopped.error())
              ? new Delivered.Skipped(Delivered.NON_TRANSACTIONAL)
              : delivered;
        }
        if (outgoing.script().statements().size() == 1) {
          return outsideTransaction();
        }
      }
    }
    return delivered;
  }

  /**
   * A procedure that commits: what the tool knows to need no transaction it tells by the file's
   * words, and these do not tell that.
   */
  private static boolean isOfProcedure(Delivered.Stopped stopped) {
    return stopped.error().is(SqlState.INVALID_TRANSACTION_TERMINATION);
  }

  private Delivered inTransaction() {
    if (transactions.begin(outgoing.script().statements())
        instanceof Answer.Lost(String reason, _, _)) {
      return new Delivered.ServerGone(RunMode.TRANSACTION, reason);
    }
    List<Notice> notices = List.of();
    if (!outgoing.script().statements().isEmpty()) {
      switch (session.send(outgoing.text(), outgoing.script().statements().size())) {
        case Answer.Completed(List<Notice> said) -> notices = said;
        case Answer.Refused(ServerError error) -> {
          return stopped(RunMode.TRANSACTION, Failure.Source.SERVER, error);
        }
        case Answer.Lost lost -> {
          return stopped(RunMode.TRANSACTION, LostSession.source(lost), LostSession.error(lost));
        }
      }
    }
    return switch (ledgerInsert.map(this::record).orElse(new Answer.Completed(List.of()))) {
      case Answer.Completed _ -> commit(notices);
      case Answer.Refused(ServerError error) ->
          stopped(RunMode.TRANSACTION, Failure.Source.LEDGER, error);
      case Answer.Lost lost ->
          stopped(RunMode.TRANSACTION, Failure.Source.LEDGER, LostSession.error(lost));
    };
  }

  /**
   * Watched as a file is: the schema's triggers run, under limits that the file may have lifted.
   */
  private Answer record(String insert) {
    return session.send(insert, 1);
  }

  private Delivered commit(List<Notice> notices) {
    return switch (transactions.commit(outgoing.script().statements())) {
      case Answer.Completed _ -> new Delivered.Committed(RunMode.TRANSACTION, notices);
      case Answer.Refused(ServerError error) ->
          stopped(RunMode.TRANSACTION, Failure.Source.COMMIT, error);
      case Answer.Lost lost ->
          stopped(RunMode.TRANSACTION, Failure.Source.COMMIT, LostSession.error(lost));
    };
  }

  private Delivered outsideTransaction() {
    RunMode mode = RunMode.OUTSIDE_TRANSACTION;
    return switch (session.send(outgoing.text(), 1)) {
      case Answer.Completed(List<Notice> notices) ->
          switch (ledgerInsert.map(this::record).orElse(new Answer.Completed(List.of()))) {
            case Answer.Completed _ -> new Delivered.Committed(mode, notices);
            case Answer.Refused(ServerError error) ->
                new Delivered.Stopped(
                    mode,
                    Failure.Source.LEDGER,
                    error,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    1);
            case Answer.Lost lost -> stopped(mode, Failure.Source.LEDGER, LostSession.error(lost));
          };
      case Answer.Refused(ServerError error) -> stopped(mode, Failure.Source.SERVER, error);
      case Answer.Lost lost -> stopped(mode, LostSession.source(lost), LostSession.error(lost));
    };
  }

  private Delivered stopped(RunMode mode, Failure.Source source, ServerError error) {
    boolean ofText = source == Failure.Source.SERVER && error.position() > 0;
    return new Delivered.Stopped(
        mode,
        source,
        error,
        ofText ? OptionalInt.of(outgoing.offset(error.position())) : OptionalInt.empty(),
        OptionalInt.empty(),
        0);
  }
}
