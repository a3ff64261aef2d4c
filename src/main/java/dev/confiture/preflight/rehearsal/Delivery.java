package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.QueriedText;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.QualifiedName;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.problem.Words;
import dev.confiture.preflight.session.Answer;
import dev.confiture.preflight.session.Answer.Notice;
import dev.confiture.preflight.session.Row;
import dev.confiture.preflight.session.Session;
import dev.confiture.preflight.session.Session.TransactionStatus;
import dev.confiture.preflight.sql.Piece;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sends one file as its tool executes it: an {@link Execution} says in which messages and in which
 * transaction. It can be sent more than once.
 */
final class Delivery {

  /** PostgreSQL converts a message as a whole before it parses any of it (mbutils.c). */
  private static final Set<String> OF_THE_MESSAGE =
      Set.of("report_invalid_encoding", "report_untranslatable_char");

  /** The server's answer to several commands in one extended query, which the driver keeps back. */
  private static final Answer SEVERAL =
      new Answer.Refused(
          ServerError.of(
              SqlState.SYNTAX_ERROR,
              "cannot insert multiple commands into a prepared statement",
              Optional.empty()),
          0);

  /** The server's answer to a savepoint for a statement behind the file's own COMMIT. */
  private static final ServerError NO_BLOCK =
      ServerError.of(
          SqlState.NO_ACTIVE_SQL_TRANSACTION,
          "SAVEPOINT can only be used in transaction blocks: the tool sets one before each statement,"
              + " and the file has ended its transaction",
          Optional.of("leave BEGIN and COMMIT to the tool"));

  /** With each answer a file is read anew. */
  private static final int MOST_ANSWERS = 200;

  private final SentFile file;
  private final Set<Span> leftOut;
  private final MigratingSession session;
  private final Transactions transactions;
  private final int ofFile;
  private final Execution execution;
  private final Ending ending;
  private SentScript script;
  private List<Message> messages;

  /** The step that follows the last message. */
  enum Ending {
    /** The tool's own record, where it has a ledger, and COMMIT. */
    RECORDED,
    /** COMMIT without a record: the rest of the file is not known. */
    KEPT,
    /** The file fails by itself, and its transaction is rolled back. */
    TAKEN_BACK
  }

  /**
   * One simple query.
   *
   * @param text what is sent
   * @param statement the only statement, where it is sent by itself
   * @param first the index of its first statement
   * @param count how many statements it holds
   */
  private record Message(SentScript text, Optional<Statement> statement, int first, int count) {}

  /**
   * Prepares to send a file.
   *
   * @param leftOut the parts of it that are not sent: the rest is sent as all of it would be
   */
  Delivery(SentFile file, Set<Span> leftOut) {
    this.file = file;
    this.leftOut = Set.copyOf(leftOut);
    this.session = file.session();
    this.transactions = file.transactions();
    this.execution = file.execution();
    this.ending = file.ending();
    this.ofFile = file.script().statements().size();
    this.script = file.without(leftOut);
    this.messages = messages(file, script);
  }

  private static List<Message> messages(SentFile file, SentScript script) {
    return switch (file.execution().send()) {
      case Execution.Send.WholeText _ -> inParts(List.of(script));
      case Execution.Send.Parts(List<Integer> starts) ->
          inParts(script.parts(starts, file.database()));
      case Execution.Send.Pipeline(List<Integer> starts) ->
          inParts(script.parts(starts, file.database()));
      case Execution.Send.Calls(List<Integer> starts, _) ->
          inParts(script.parts(starts, file.database()));
      case Execution.Send.Statements _ -> byStatements(file, script);
    };
  }

  /** Returns the text that is sent, as far as it is known. */
  SentScript script() {
    return script;
  }

  private static List<Message> inParts(List<SentScript> parts) {
    List<Message> messages = new ArrayList<>();
    int first = 0;
    for (SentScript part : parts) {
      int count = part.script().statements().size();
      messages.add(new Message(part, Optional.empty(), first, count));
      first += count;
    }
    return messages;
  }

  private static List<Message> byStatements(SentFile file, SentScript script) {
    List<Message> messages = new ArrayList<>();
    List<Statement> statements = script.script().statements();
    for (int i = 0; i < statements.size(); i++) {
      Optional<Span> together =
          file.text().generated(statements.get(i)).map(QueriedText.Generated::place);
      int first = i;
      while (together.isPresent()
          && i + 1 < statements.size()
          && together.get().contains(statements.get(i + 1).start())) {
        i++;
      }
      int count = i - first + 1;
      messages.add(
          count == 1
              ? new Message(script, Optional.of(statements.get(first)), first, count)
              : new Message(
                  SentScript.part(
                      script.script(),
                      together.get().start(),
                      together.get().end(),
                      file.database()),
                  Optional.empty(),
                  first,
                  count));
    }
    return messages;
  }

  /** Sends it, in a transaction of its own unless it needs none. */
  SendResult deliver() {
    // Within one transaction for all files nothing is outside: refused there, it would cost them
    // all.
    Optional<String> before = execution.record().before().filter(_ -> transactions.areReal());
    return write(before, RunMode.TRANSACTION, 0).orElseGet(this::sent);
  }

  private SendResult sent() {
    boolean parts =
        switch (execution.send()) {
          case Execution.Send.Parts _, Execution.Send.Calls _ -> true;
          case Execution.Send.Pipeline _ -> transactions.areReal() && fitsIntoPipeline();
          case Execution.Send.WholeText _, Execution.Send.Statements _ -> false;
        };
    boolean staysInside =
        execution.scope() != Execution.Scope.NONE
            && execution.outside() instanceof Execution.OutsideTransaction.Never;
    if (!parts && !staysInside && script.needsNoTransaction() && !transactions.leave()) {
      return new SendResult.Skipped(SendResult.NON_TRANSACTIONAL);
    }
    // What no pipeline of the driver's takes is sent in a transaction, which a pipeline is too.
    if (execution.scope() == Execution.Scope.NONE
        && (parts || !(execution.send() instanceof Execution.Send.Pipeline))) {
      if (parts) {
        return transactions.leave()
            ? resume(RunMode.OUTSIDE_TRANSACTION)
            : new SendResult.Skipped(SendResult.NON_TRANSACTIONAL);
      }
      if (transactions.areReal()) {
        return resume(
            statements().stream().anyMatch(Delivery::isBoundary)
                ? RunMode.OWN_TRANSACTIONS
                : RunMode.OUTSIDE_TRANSACTION);
      }
      // The pair around all of it may have been looked through.
      if (statements().stream().anyMatch(Delivery::isBoundary)) {
        return resume(RunMode.OWN_TRANSACTIONS);
      }
    }
    SendResult inside = inTransaction();
    return inside instanceof SendResult.Stopped stopped && stopped.error().needsNoTransactionBlock()
        ? outside(stopped)
        : inside;
  }

  private boolean fitsIntoPipeline() {
    return session.fitIntoPipeline(
        messages.stream().filter(m -> m.count() > 0).map(m -> m.text().text()).toList());
  }

  private static boolean isBoundary(Statement statement) {
    return TransactionControl.of(statement).filter(TransactionControl::isBoundary).isPresent();
  }

  private List<Statement> statements() {
    return script.script().statements();
  }

  private SendResult inTransaction() {
    SendResult sent = flight().map(this::ahead).orElseGet(this::inSteps);
    if (sent instanceof SendResult.Committed && ending == Ending.RECORDED) {
      SendResult complete = sent;
      sent = writeApart().orElse(complete);
    }
    switch (sent) {
      case SendResult.Stopped _, SendResult.TakenBack _ -> transactions.rollback();
      case SendResult.Committed _, SendResult.Skipped _, SendResult.ServerGone _ -> {}
    }
    return sent;
  }

  /** Tells whose a message of a flight is. */
  private sealed interface Step {

    /** The file's own. */
    record OfFile(Message message) implements Step {}

    /** Names the messages that the tool sends around it. */
    enum OfTool implements Step {
      BEGIN,
      RECORD
    }
  }

  /**
   * Returns all from BEGIN on, where no answer decides what is sent next. COMMIT follows the
   * answers: nothing stays that was not seen to pass.
   */
  private Optional<Flight<Step>> flight() {
    return transactions
        .frame()
        .filter(_ -> isDecidedAhead())
        .map(this::flight)
        .filter(Flight::isPossible);
  }

  private boolean isDecidedAhead() {
    boolean simple =
        switch (execution.send()) {
          case Execution.Send.WholeText _, Execution.Send.Parts _, Execution.Send.Statements _ ->
              true;
          case Execution.Send.Pipeline _, Execution.Send.Calls _ -> false;
        };
    return simple
        && execution.around().equals(Execution.Around.NONE)
        && statements().stream()
            .noneMatch(each -> decides(each) || file.text().query(each).isPresent());
  }

  /** Returns true for a statement whose answer tells what can be sent next, or how. */
  private static boolean decides(Statement statement) {
    return TransactionControl.of(statement).isPresent()
        || statement.isCopyFromStdin()
        || statement.isCopyToStdout()
        || ResetIdentity.isDiscard(statement)
        || setsWhatTheDriverReads(statement);
  }

  private Flight<Step> flight(Transactions.Frame frame) {
    Flight<Step> flight = new Flight<>();
    flight.add(Step.OfTool.BEGIN, frame.begin(), frame.commands());
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.count() > 0) {
        String text = message.statement().map(script::text).orElseGet(message.text()::text);
        flight.add(new Step.OfFile(message), text, message.count());
      }
      if (i + 1 < messages.size()) {
        execution.record().between().ifPresent(text -> flight.add(Step.OfTool.RECORD, text, 1));
      }
    }
    if (ending == Ending.RECORDED) {
      execution.record().after().ifPresent(text -> flight.add(Step.OfTool.RECORD, text, 1));
    }
    return flight;
  }

  private SendResult ahead(Flight<Step> flight) {
    RunMode mode = RunMode.TRANSACTION;
    return switch (flight.send(session)) {
      case Flight.End.Executed(List<Notice> notices) ->
          ending == Ending.TAKEN_BACK
              ? new SendResult.TakenBack(mode, 0)
              : commit(new SendResult.Committed(mode, notices));
      case Flight.End.Refused(Step.OfFile(Message message), ServerError error, int completed) ->
          stopped(mode, Failure.Source.SERVER, error, message, completed, 0);
      case Flight.End.Refused(Step.OfTool step, ServerError error, _) ->
          ofTheFile(mode, source(step), error, 0);
      case Flight.End.Lost(Step.OfFile(Message message), Answer.Lost lost, int completed) ->
          stopped(mode, LostSession.source(lost), LostSession.error(lost), message, completed, 0);
      case Flight.End.Lost(Step.OfTool step, Answer.Lost lost, _) ->
          step == Step.OfTool.BEGIN
              ? new SendResult.ServerGone(mode, lost.reason())
              : ofTheFile(mode, source(step), LostSession.error(lost), 0);
    };
  }

  private static Failure.Source source(Step.OfTool step) {
    return switch (step) {
      case BEGIN -> Failure.Source.SERVER;
      case RECORD -> Failure.Source.LEDGER;
    };
  }

  private SendResult inSteps() {
    RunMode mode = RunMode.TRANSACTION;
    if (transactions.begin(statements()) instanceof Answer.Lost lost) {
      return new SendResult.ServerGone(mode, lost.reason());
    }
    SendResult sent = around(execution.around().before(), mode, 0).orElseGet(() -> each(mode));
    boolean ended = session.status() == TransactionStatus.IDLE;
    if (sent instanceof SendResult.Committed) {
      SendResult complete = sent;
      sent =
          switch (ending) {
            case TAKEN_BACK -> new SendResult.TakenBack(mode, 0);
            case KEPT -> commit(complete);
            case RECORDED ->
                around(execution.around().after(), mode, 0)
                    .or(() -> write(execution.record().after(), mode, 0))
                    .orElseGet(() -> ended ? ofOwnEnd(complete) : commit(complete));
          };
    }
    return sent;
  }

  /** Does as the tool does about a transaction that the file has ended. */
  private SendResult ofOwnEnd(SendResult complete) {
    return switch (execution.ownEnd()) {
      case IGNORED, REOPENED, SAVEPOINT_REFUSED -> commit(complete);
      case TOOL_FAILS ->
          ofTheFile(
              RunMode.OWN_TRANSACTIONS,
              Failure.Source.TOOL,
              ServerError.of(
                  SqlState.NO_ACTIVE_SQL_TRANSACTION,
                  "the file ends the transaction that its tool has opened: all of it is applied and"
                      + " recorded, and the tool stops with an error before the next file",
                  Optional.of("leave BEGIN and COMMIT to the tool")),
              statements().size());
    };
  }

  private SendResult commit(SendResult complete) {
    return switch (transactions.commit(statements())) {
      case Answer.Completed _ -> complete;
      case Answer.Refused(ServerError error, _) ->
          ofTheFile(RunMode.TRANSACTION, Failure.Source.COMMIT, error, 0);
      case Answer.Lost lost ->
          ofTheFile(RunMode.TRANSACTION, Failure.Source.COMMIT, LostSession.error(lost), 0);
    };
  }

  /** Does as the tool does about a statement that refuses to run in its transaction. */
  private SendResult outside(SendResult.Stopped refused) {
    return switch (execution.outside()) {
      // Only the isolation has opened a transaction around statements that go one by one.
      case Execution.OutsideTransaction.Never _
          when execution.scope() == Execution.Scope.NONE
              && execution.send() instanceof Execution.Send.Statements ->
          wholeFile(refused);
      case Execution.OutsideTransaction.Never _ -> refused;
      // What the tool knows to need no transaction it tells by the file's words, and these do not
      // tell that a procedure commits.
      case Execution.OutsideTransaction.SingleStatement _
          when refused.error().is(SqlState.INVALID_TRANSACTION_TERMINATION) ->
          refused;
      case Execution.OutsideTransaction.SingleStatement _ ->
          transactions.leave()
              ? ofFile == 1 ? resume(RunMode.OUTSIDE_TRANSACTION) : refused
              : skippedOr(refused);
      case Execution.OutsideTransaction.WholeFile _ -> wholeFile(refused);
    };
  }

  private SendResult wholeFile(SendResult.Stopped refused) {
    if (!transactions.leave()) {
      return skippedOr(refused);
    }
    if (file.text().answers() > 0) {
      // What its queries found was taken back with the transaction.
      file.text().restart();
      script = file.without(leftOut);
      messages = messages(file, script);
    }
    return resume(RunMode.OUTSIDE_TRANSACTION);
  }

  private SendResult skippedOr(SendResult.Stopped refused) {
    return script.mayRunOutside(refused.error())
        ? new SendResult.Skipped(SendResult.NON_TRANSACTIONAL)
        : refused;
  }

  /**
   * Sends it without a transaction around it, in the session as it is: the file's own BEGIN and
   * COMMIT count.
   *
   * @param mode how the file is executed
   */
  SendResult resume(RunMode mode) {
    if (execution.snapshot().isEmpty() || !script.needsNoTransaction()) {
      return resumed(mode);
    }
    try (MigratingSession.HeldSnapshot _ = session.holdSnapshot()) {
      SendResult sent = resumed(mode);
      return sent instanceof SendResult.Stopped stopped
              && stopped.error().is(SqlState.LOCK_NOT_AVAILABLE)
          ? stopped.with(
              ServerError.of(
                  stopped.error().sqlState(),
                  "this deployment would hang: the statement waits for a snapshot to end that the"
                      + " tool itself holds in its other session",
                  execution.snapshot()))
          : sent;
    }
  }

  private SendResult resumed(RunMode mode) {
    SendResult sent = around(execution.around().before(), mode, 0).orElseGet(() -> each(mode));
    boolean open = session.status() != TransactionStatus.IDLE;
    int all = statements().size();
    if (sent instanceof SendResult.Committed) {
      SendResult complete = sent;
      boolean commits =
          execution.scope() == Execution.Scope.NONE
              && execution.end() == Execution.EndOfFile.TOOL_COMMITS;
      if (open && ending != Ending.TAKEN_BACK && !commits) {
        sent = leftOpen(mode);
      } else {
        sent =
            switch (ending) {
              case TAKEN_BACK -> new SendResult.TakenBack(mode, all);
              case KEPT -> complete;
              case RECORDED ->
                  (execution.send() instanceof Execution.Send.Pipeline
                          ? Optional.<SendResult>empty()
                          : around(execution.around().after(), mode, all)
                              .or(() -> write(execution.record().after(), mode, all)))
                      .or(this::writeApart)
                      .or(this::refusedCommit)
                      .orElse(complete);
            };
      }
    }
    if (sent instanceof SendResult.Committed && session.status() == TransactionStatus.IN_BLOCK) {
      sent = commit(sent);
    }
    if (session.status() != TransactionStatus.IDLE) {
      session.command("ROLLBACK");
    }
    return sent;
  }

  private SendResult each(RunMode mode) {
    if (execution.send() instanceof Execution.Send.Pipeline && mode != RunMode.TRANSACTION) {
      return pipeline(mode);
    }
    List<Notice> notices = new ArrayList<>();
    int committed = 0;
    int sent = 0;
    while (sent < messages.size()) {
      Message message = messages.get(sent);
      if (message.first() > 0
          && mode == RunMode.TRANSACTION
          && session.status() == TransactionStatus.IDLE) {
        switch (execution.ownEnd()) {
          case REOPENED -> session.command("BEGIN");
          case SAVEPOINT_REFUSED -> {
            return stopped(mode, Failure.Source.SERVER, NO_BLOCK, message, 0, committed);
          }
          case IGNORED, TOOL_FAILS -> {}
        }
      }
      Optional<QueriedText.Query> query = message.statement().flatMap(file.text()::query);
      Session.Fetched fetched =
          query.isPresent()
              ? session.fetch(script.text(message.statement().get()))
              : Session.Fetched.of(send(message));
      switch (fetched.answer()) {
        case Answer.Completed(List<Notice> said) -> notices.addAll(said);
        case Answer.Refused(ServerError error, int completed) -> {
          return stopped(
              mode,
              isCall() && error.sqlState().isEmpty() ? Failure.Source.TOOL : Failure.Source.SERVER,
              error,
              message,
              completed,
              Math.max(committed, mayEnd(mode) ? kept(message, completed) : 0));
        }
        case Answer.Lost lost -> {
          return stopped(
              mode,
              LostSession.source(lost),
              LostSession.error(lost),
              message,
              lost.completed(),
              committed);
        }
      }
      if (mayEnd(mode) && session.status() == TransactionStatus.IDLE) {
        committed = message.first() + message.count();
      }
      if (query.isPresent()) {
        Optional<SendResult> ended = readOn(query.get(), fetched, message, mode, committed);
        if (ended.isPresent()) {
          return ended.get();
        }
      }
      sent++;
      if (sent < messages.size()) {
        Optional<SendResult> unrecorded = write(execution.record().between(), mode, committed);
        if (unrecorded.isPresent()) {
          return unrecorded.get();
        }
      }
    }
    return new SendResult.Committed(mode, notices);
  }

  /**
   * Reads the file on with the rows of a query, as its tool does; returns the end of the file where
   * nobody knows these rows, or the rest cannot be sent.
   */
  private Optional<SendResult> readOn(
      QueriedText.Query query,
      Session.Fetched found,
      Message message,
      RunMode mode,
      int committed) {
    Statement statement = message.statement().orElseThrow();
    List<QualifiedName> unknown =
        file.evidence()
            .tablesWithoutRows(
                statement,
                session.status() == TransactionStatus.IDLE
                    ? transactions
                    : sql -> Questions.inside(session, sql));
    if (!unknown.isEmpty()) {
      return Optional.of(
          unsupported(
              query.name()
                  + " needs rows of "
                  + Words.few(unknown, unknown.size())
                  + ", which a schema without data does not have",
              message,
              mode,
              committed));
    }
    Optional<String> opaque = OpaqueQuery.reason(statement);
    if (opaque.isPresent()) {
      return Optional.of(unsupported(query.name() + " " + opaque.get(), message, mode, committed));
    }
    if (file.text().answers() >= MOST_ANSWERS) {
      return Optional.of(
          unsupported(
              "no more than " + MOST_ANSWERS + " queries of a file are answered here",
              message,
              mode,
              committed));
    }
    if (!found.complete()) {
      return Optional.of(
          unsupported(
              query.name() + " finds more rows here than are read: 10,000, or 64 MiB",
              message,
              mode,
              committed));
    }
    Optional<Refusal> ofText =
        file
            .text()
            .readOn(
                new QueriedText.Rows(
                    found.columns(), found.rows().stream().map(Row::values).toList()))
            .stream()
            .findFirst();
    Optional<Refusal> refused =
        ofText.or(() -> transactions.refusals(file.script()).stream().findFirst());
    if (refused.isPresent()) {
      file.text().endsWith(statement);
      boolean fails = ofText.filter(r -> r.stage() != Refusal.Stage.NOT_REHEARSABLE).isPresent();
      return Optional.of(
          new SendResult.Stopped(
              inItsOwn(mode, committed),
              fails ? Failure.Source.TOOL : Failure.Source.UNSUPPORTED,
              ServerError.of("", refused.get().message(), refused.get().hint()),
              OptionalInt.of(refused.get().start()),
              OptionalInt.of(message.first()),
              committed));
    }
    script = file.without(leftOut);
    messages = messages(file, script);
    return Optional.empty();
  }

  private SendResult unsupported(String reason, Message message, RunMode mode, int committed) {
    ServerError error = ServerError.of("", reason, Optional.empty());
    return stopped(mode, Failure.Source.UNSUPPORTED, error, message, 0, committed);
  }

  /** Sends all parts, and the tool's record with them, before the server answers to any. */
  private SendResult pipeline(RunMode mode) {
    List<Message> sent = messages.stream().filter(message -> message.count() > 0).toList();
    List<String> texts = new ArrayList<>(sent.stream().map(m -> m.text().text()).toList());
    if (ending == Ending.RECORDED) {
      execution.record().after().ifPresent(texts::add);
    }
    return texts.isEmpty()
        ? new SendResult.Committed(mode, List.of())
        : switch (session.pipeline(texts)) {
          case Answer.Completed(List<Notice> notices) -> new SendResult.Committed(mode, notices);
          case Answer.Refused(ServerError error, int completed) -> {
            int committed = ended(sent.subList(0, Math.min(completed, sent.size())));
            yield completed < sent.size()
                ? stopped(mode, Failure.Source.SERVER, error, sent.get(completed), 0, committed)
                : ofTheFile(mode, Failure.Source.LEDGER, error, committed);
          }
          case Answer.Lost lost ->
              ofTheFile(mode, LostSession.source(lost), LostSession.error(lost), 0);
        };
  }

  /** Returns how many statements the last COMMIT among the messages has kept. */
  private int ended(List<Message> completed) {
    return completed.stream().mapToInt(m -> kept(m, m.count())).max().orElse(0);
  }

  /** Returns true if a COMMIT of the file's own really commits. */
  private boolean mayEnd(RunMode mode) {
    return mode != RunMode.TRANSACTION
        || (transactions.areReal()
            && switch (execution.scope()) {
              case FILE, RUN -> true;
              case NONE, FILE_IN_SAVEPOINT -> false;
            });
  }

  /** Returns how many statements the last COMMIT among the completed ones of a message has kept. */
  private int kept(Message message, int completed) {
    for (int i = Math.min(completed, message.count()); i > 0; i--) {
      int index = message.first() + i - 1;
      if (TransactionControl.of(statements().get(index))
          .filter(TransactionControl::endsTransaction)
          .isPresent()) {
        return index + 1;
      }
    }
    return 0;
  }

  private Answer send(Message message) {
    if (message.count() == 0) {
      return new Answer.Completed(List.of());
    }
    return message
        .statement()
        .map(this::send)
        .orElseGet(
            () ->
                switch (execution.send()) {
                  case Execution.Send.Pipeline _ when message.count() > 1 -> SEVERAL;
                  case Execution.Send.Pipeline _ -> session.sendExtended(message.text().text());
                  case Execution.Send.Calls(_, boolean prepared) ->
                      session.call(
                          message.text().text().stripTrailing(), prepared, message.count());
                  case Execution.Send.WholeText _,
                      Execution.Send.Parts _,
                      Execution.Send.Statements _ ->
                      session.send(message.text().text(), message.count());
                });
  }

  private boolean isCall() {
    return execution.send() instanceof Execution.Send.Calls;
  }

  /** Sends one statement, a COPY together with its data. */
  private Answer send(Statement statement) {
    return send(session, script, statement);
  }

  /** Sends one statement of a script, a COPY together with its data. */
  static Answer send(MigratingSession session, SentScript script, Statement statement) {
    if (statement.isCopyFromStdin()) {
      String rows = "";
      for (Piece piece : script.script().pieces()) {
        if (piece instanceof Piece.CopyData data && data.copy().start() == statement.start()) {
          rows = data.rows();
        }
      }
      return session.copyIn(statement.text(), rows);
    }
    return statement.isCopyToStdout()
        ? session.copyOut(statement.text())
        : session.send(script.text(statement), 1);
  }

  /** Adds what the tool records in a transaction of its own, when the file's has ended. */
  private Optional<SendResult> writeApart() {
    Optional<String> apart = execution.record().apart().filter(_ -> transactions.areReal());
    if (apart.isPresent() && execution.restoresRole()) {
      session.restoreRole();
    }
    return apart.flatMap(
        query ->
            written(
                execution.sharesOneSession() ? session.send(query, 1) : session.apart(query),
                RunMode.OWN_TRANSACTIONS,
                statements().size()));
  }

  /** Sends what surrounds the file; where one of it fails, that is said with its name. */
  private Optional<SendResult> around(List<Execution.Query> queries, RunMode mode, int applied) {
    for (Execution.Query query : queries) {
      Optional<ServerError> error =
          switch (session.send(query.text(), 1)) {
            case Answer.Completed _ -> Optional.empty();
            case Answer.Refused(ServerError refused, _) -> Optional.of(refused);
            case Answer.Lost lost -> Optional.of(LostSession.error(lost));
          };
      if (error.isPresent()) {
        return Optional.of(
            ofTheFile(
                mode,
                Failure.Source.SERVER,
                ServerError.of(
                    error.get().sqlState(),
                    query.name() + ", around the file: " + error.get().message(),
                    error.get().hint()),
                applied));
      }
    }
    return Optional.empty();
  }

  /** Adds the tool's own record; the schema's triggers run, so that it is watched as a file is. */
  private Optional<SendResult> write(Optional<String> record, RunMode mode, int applied) {
    return record.flatMap(query -> written(session.send(query, 1), mode, applied));
  }

  private static Optional<SendResult> written(Answer answer, RunMode mode, int applied) {
    return switch (answer) {
      case Answer.Completed _ -> Optional.empty();
      case Answer.Refused(ServerError error, _) ->
          Optional.of(ofTheFile(mode, Failure.Source.LEDGER, error, applied));
      case Answer.Lost lost ->
          Optional.of(ofTheFile(mode, Failure.Source.LEDGER, LostSession.error(lost), applied));
    };
  }

  /** Fails as a tool does that commits behind its record, without a transaction. */
  private Optional<SendResult> refusedCommit() {
    return execution.end() == Execution.EndOfFile.COMMIT_REFUSED
        ? Optional.of(
            ofTheFile(
                RunMode.OWN_TRANSACTIONS,
                Failure.Source.TOOL,
                ServerError.of(
                    SqlState.NO_ACTIVE_SQL_TRANSACTION,
                    "the tool commits, which its driver refuses where the tool opens no transaction:"
                        + " all of the file is applied and recorded, and the tool stops with an"
                        + " error before the next file",
                    Optional.of("let the tool open a transaction, unless the file refuses one")),
                statements().size()))
        : Optional.empty();
  }

  private SendResult leftOpen(RunMode mode) {
    if (execution.end() == Execution.EndOfFile.TRANSACTION_REFUSED) {
      return ofTheFile(
          mode,
          Failure.Source.COMMIT,
          ServerError.of(
              SqlState.NO_ACTIVE_SQL_TRANSACTION,
              "the file leaves a transaction open that it has begun",
              Optional.of("end it with COMMIT")),
          0);
    }
    int begin = lastBegin();
    return new SendResult.Stopped(
        mode,
        Failure.Source.TOOL,
        ServerError.of(
            SqlState.NO_ACTIVE_SQL_TRANSACTION,
            "the file leaves a transaction open: "
                + (execution.sharesOneSession()
                        && execution.end() != Execution.EndOfFile.COMMIT_REFUSED
                    ? "the session of all files ends without COMMIT and without an error"
                    : "its session ends without COMMIT")
                + ", and what was done since BEGIN is rolled back",
            Optional.of("end the file with COMMIT")),
        OptionalInt.empty(),
        OptionalInt.of(begin),
        begin);
  }

  private int lastBegin() {
    List<Statement> statements = statements();
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

  private SendResult stopped(
      RunMode mode,
      Failure.Source source,
      ServerError error,
      Message message,
      int completed,
      int committed) {
    boolean ofText = source == Failure.Source.SERVER && error.position() > 0;
    int cut = isCall() ? cut(message, completed) : 0;
    OptionalInt position =
        ofText
            ? OptionalInt.of(
                message
                    .statement()
                    .map(statement -> script.offset(statement, error.position()))
                    .orElseGet(() -> message.text().offset(error.position() + cut)))
            : OptionalInt.empty();
    boolean ofMessage =
        completed == 0 && error.routine().filter(OF_THE_MESSAGE::contains).isPresent();
    OptionalInt statement =
        position.isPresent()
            ? OptionalInt.of(holding(message, position.getAsInt()))
            : message.count() == 1
                ? OptionalInt.of(message.first())
                : source == Failure.Source.UNSUPPORTED
                    ? setting(message)
                    : ofMessage
                        ? OptionalInt.empty()
                        : OptionalInt.of(
                            message.first() + Math.min(completed, message.count() - 1));
    boolean atCommit =
        source == Failure.Source.SERVER
            && position.isEmpty()
            && statement.stream().anyMatch(index -> commits(statements().get(index), error));
    return new SendResult.Stopped(
        inItsOwn(mode, committed),
        atCommit ? Failure.Source.COMMIT : source,
        error,
        position,
        statement,
        committed);
  }

  /** Returns how a file is executed that has ended the tool's transaction, if it has. */
  private static RunMode inItsOwn(RunMode mode, int committed) {
    return mode == RunMode.TRANSACTION && committed > 0 ? RunMode.OWN_TRANSACTIONS : mode;
  }

  /** Returns true for a COMMIT of the file's own that finds what was deferred until then. */
  private static boolean commits(Statement statement, ServerError error) {
    return switch (TransactionControl.of(statement).orElse(TransactionControl.BEGIN)) {
      case COMMIT -> !error.is(SqlState.NO_ACTIVE_SQL_TRANSACTION);
      case PREPARE_TRANSACTION -> error.sqlState().startsWith("23") || error.isRaised();
      default -> false;
    };
  }

  /**
   * Returns how much of a message is before the statement in which the driver's call stopped: it
   * cuts behind each semicolon.
   */
  private int cut(Message message, int completed) {
    String text = message.text().text();
    int done = Math.min(completed, message.count() - 1);
    if (done <= 0) {
      return 0;
    }
    Statement last = statements().get(message.first() + done - 1);
    int from = last.tokens().getLast().end() - message.text().offset(1);
    int semicolon = text.indexOf(';', text.offsetByCodePoints(0, from));
    return semicolon < 0 ? 0 : text.codePointCount(0, semicolon + 1);
  }

  /**
   * Returns the statement that sets what the driver cannot read, by its name: the server reports it
   * only at the end of the message.
   */
  private OptionalInt setting(Message message) {
    for (int i = message.first(); i < message.first() + message.count(); i++) {
      if (setsWhatTheDriverReads(statements().get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean setsWhatTheDriverReads(Statement statement) {
    String text = statement.text().toLowerCase(Locale.ROOT);
    return text.contains("datestyle") || text.contains("client_encoding");
  }

  /**
   * Returns the statement of a message that an offset is in; the last one where it is behind all.
   */
  private int holding(Message message, int offset) {
    int index = message.first();
    while (index < message.first() + message.count() - 1
        && offset >= statements().get(index).end()) {
      index++;
    }
    return index;
  }

  private static SendResult ofTheFile(
      RunMode mode, Failure.Source source, ServerError error, int applied) {
    return new SendResult.Stopped(
        mode, source, error, OptionalInt.empty(), OptionalInt.empty(), applied);
  }
}
