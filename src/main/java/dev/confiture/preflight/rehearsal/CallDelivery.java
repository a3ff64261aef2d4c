package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Answer.Notice;
import dev.confiture.preflight.session.Session.TransactionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The SQL of a Python file, a message a call: in a savepoint of the tool's transaction, then the
 * tool's own record and COMMIT; or, where the file's class is not transactional, each call on its
 * own.
 */
final class CallDelivery implements Delivery {

  private final MigratingSession session;
  private final Transactions transactions;
  private final Outgoing outgoing;
  private final List<Outgoing> calls;
  private final boolean transactional;
  private final Ending ending;

  /**
   * For one file.
   *
   * @param outgoing all of its SQL
   * @param calls the same, a message each
   * @param transactional whether the tool opens a transaction for it
   */
  CallDelivery(
      MigratingSession session,
      Transactions transactions,
      Outgoing outgoing,
      List<Outgoing> calls,
      boolean transactional,
      Ending ending) {
    this.session = session;
    this.transactions = transactions;
    this.outgoing = outgoing;
    this.calls = List.copyOf(calls);
    this.transactional = transactional;
    this.ending = ending;
  }

  /** For a file that its tool executes in parts. */
  static CallDelivery of(
      MigratingSession session,
      Transactions transactions,
      Outgoing outgoing,
      List<Outgoing> parts,
      Execution execution) {
    return new CallDelivery(
        session,
        transactions,
        outgoing,
        parts,
        execution.scope() != Execution.Scope.NONE,
        new Ending.Recorded(execution.record()));
  }

  /** What comes after the last call. */
  sealed interface Ending {

    /** The tool's own record, if it has a table for it, and COMMIT. */
    record Recorded(Optional<String> ledgerInsert) implements Ending {}

    /** What was executed is kept for the files after this one. */
    record Kept() implements Ending {}

    /** The file fails, and its transaction is rolled back. */
    record TakenBack() implements Ending {}
  }

  @Override
  public Delivered deliver() {
    if (!transactional) {
      return transactions.leave()
          ? outsideTransaction()
          : new Delivered.Skipped(Delivered.NON_TRANSACTIONAL);
    }
    Delivered delivered = inTransaction();
    switch (delivered) {
      case Delivered.Stopped _, Delivered.TakenBack _ -> transactions.rollback();
      case Delivered.Committed _, Delivered.Skipped _, Delivered.ServerGone _ -> {}
    }
    return delivered;
  }

  private Delivered inTransaction() {
    RunMode mode = RunMode.TRANSACTION;
    if (transactions.begin(outgoing.script().statements())
        instanceof Answer.Lost(String reason, _, _)) {
      return new Delivered.ServerGone(mode, reason);
    }
    List<Notice> notices = new ArrayList<>();
    Optional<Delivered> ended = send(mode, notices);
    if (ended.isPresent()) {
      return ended.get();
    }
    return switch (ending) {
      case Ending.TakenBack _ -> new Delivered.TakenBack(mode, 0);
      case Ending.Kept _ -> committed(notices);
      case Ending.Recorded(Optional<String> ledgerInsert) ->
          record(mode, ledgerInsert).orElseGet(() -> committed(notices));
    };
  }

  private Delivered committed(List<Notice> notices) {
    RunMode mode = RunMode.TRANSACTION;
    return switch (transactions.commit(outgoing.script().statements())) {
      case Answer.Completed _ -> new Delivered.Committed(mode, notices);
      case Answer.Refused(ServerError error) -> ofTheFile(mode, Failure.Source.COMMIT, error, 0);
      case Answer.Lost lost -> ofTheFile(mode, Failure.Source.COMMIT, LostSession.error(lost), 0);
    };
  }

  private Delivered outsideTransaction() {
    RunMode mode = RunMode.OUTSIDE_TRANSACTION;
    List<Notice> notices = new ArrayList<>();
    int all = outgoing.script().statements().size();
    Delivered delivered =
        send(mode, notices)
            .or(() -> leftOpen(mode))
            .orElseGet(
                () ->
                    switch (ending) {
                      case Ending.TakenBack _ -> new Delivered.TakenBack(mode, all);
                      case Ending.Kept _ -> new Delivered.Committed(mode, notices);
                      case Ending.Recorded(Optional<String> ledgerInsert) ->
                          record(mode, ledgerInsert)
                              .orElseGet(() -> new Delivered.Committed(mode, notices));
                    });
    if (session.status() != TransactionStatus.IDLE) {
      session.command("ROLLBACK");
    }
    return delivered;
  }

  /** One that the file began itself. */
  private Optional<Delivered> leftOpen(RunMode mode) {
    return session.status() == TransactionStatus.IDLE || ending instanceof Ending.TakenBack
        ? Optional.empty()
        : Optional.of(
            ofTheFile(
                mode,
                Failure.Source.COMMIT,
                ServerError.of(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION,
                    "the file leaves a transaction open that it has begun",
                    Optional.of("end it with COMMIT")),
                0));
  }

  /** Sends the calls; where one fails, how it all ended. */
  private Optional<Delivered> send(RunMode mode, List<Notice> notices) {
    int before = 0;
    for (Outgoing call : calls) {
      int statements = call.script().statements().size();
      if (statements > 0) {
        switch (session.send(call.text(), statements)) {
          case Answer.Completed(List<Notice> said) -> notices.addAll(said);
          case Answer.Refused(ServerError error) -> {
            return Optional.of(stopped(mode, Failure.Source.SERVER, error, call, before));
          }
          case Answer.Lost lost -> {
            return Optional.of(
                stopped(mode, LostSession.source(lost), LostSession.error(lost), call, before));
          }
        }
      }
      before += statements;
    }
    return Optional.empty();
  }

  private Delivered stopped(
      RunMode mode, Failure.Source source, ServerError error, Outgoing call, int before) {
    boolean ofText = source == Failure.Source.SERVER && error.position() > 0;
    return new Delivered.Stopped(
        mode,
        source,
        error,
        ofText ? OptionalInt.of(call.offset(error.position())) : OptionalInt.empty(),
        call.script().statements().size() == 1 ? OptionalInt.of(before) : OptionalInt.empty(),
        mode == RunMode.TRANSACTION ? 0 : before);
  }

  private Optional<Delivered> record(RunMode mode, Optional<String> insert) {
    int applied = mode == RunMode.TRANSACTION ? 0 : outgoing.script().statements().size();
    return insert.flatMap(
        sql ->
            switch (session.send(sql, 1)) {
              case Answer.Completed _ -> Optional.empty();
              case Answer.Refused(ServerError error) ->
                  Optional.of(ofTheFile(mode, Failure.Source.LEDGER, error, applied));
              case Answer.Lost lost ->
                  Optional.of(
                      ofTheFile(mode, Failure.Source.LEDGER, LostSession.error(lost), applied));
            });
  }

  private static Delivered ofTheFile(
      RunMode mode, Failure.Source source, ServerError error, int applied) {
    return new Delivered.Stopped(
        mode, source, error, OptionalInt.empty(), OptionalInt.empty(), applied);
  }
}
