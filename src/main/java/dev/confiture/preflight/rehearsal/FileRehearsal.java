package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.postgres.SqlState;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import dev.confiture.preflight.sql.Undone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One file: sent as its tool would send it, and where it fails, every place where it fails. */
final class FileRehearsal {

  private final MigratingSession session;
  private final Transactions transactions;
  private final String tool;
  private final Execution execution;
  private final CatalogEvidence evidence;
  private final Migration migration;
  private final Outgoing outgoing;
  private final Places places;
  private final List<Refusal> refusals;
  private final List<Failure> ofSidecar;
  private final Delivery delivery;

  FileRehearsal(
      MigratingSession session,
      Transactions transactions,
      String tool,
      Execution execution,
      CatalogEvidence evidence,
      Migration migration,
      Outgoing outgoing,
      List<Refusal> refusals,
      List<Failure> ofSidecar,
      Delivery delivery) {
    this.session = session;
    this.transactions = transactions;
    this.tool = tool;
    this.execution = execution;
    this.evidence = evidence;
    this.migration = migration;
    this.outgoing = outgoing;
    this.places = new Places(outgoing.script());
    this.refusals = refusals.stream().filter(refusal -> refusal.beside().isEmpty()).toList();
    this.ofSidecar = ofSidecar;
    this.delivery = delivery;
  }

  RehearsedMigration run() {
    long start = System.nanoTime();
    if (!refused(Refusal.Stage.NOT_REHEARSABLE).isEmpty()) {
      return notSent(refused(Refusal.Stage.NOT_REHEARSABLE), Failure.Source.UNSUPPORTED, List.of());
    }
    if (ofSidecar.stream().anyMatch(Preconditions::prevents)) {
      return notSent(refused(Refusal.Stage.TEXT), Failure.Source.TOOL, List.of());
    }
    if (!refused(Refusal.Stage.TEXT).isEmpty()) {
      return notSent(refused(Refusal.Stage.TEXT), Failure.Source.TOOL, aroundRefusals());
    }
    List<Refusal> ofTransactions = transactions.refusals(outgoing.script());
    if (!ofTransactions.isEmpty()) {
      return notSent(ofTransactions, Failure.Source.TOOL, List.of());
    }
    Delivered delivered = delivery.deliver();
    long millis = (System.nanoTime() - start) / 1_000_000;
    List<Observation> observations = new ArrayList<>();
    if (delivered.mode() != RunMode.TRANSACTION) {
      new LeftBehind(places, outgoing).invalidIndexes(evidence, observations);
    }
    List<Failure> failures = new ArrayList<>(ofSidecar);
    List<Statement> withoutEffect = List.of();
    switch (delivered) {
      case Delivered.Committed committed -> {
        transactions.keep(delivery);
        new LeftBehind(places, outgoing).afterCommit(tool, execution, committed, observations);
      }
      case Delivered.Stopped stopped -> {
        failures.addAll(failures(stopped));
        withoutEffect = withoutEffect(stopped.appliedBefore());
        new LeftBehind(places, outgoing).afterStop(stopped.appliedBefore(), observations);
      }
      case Delivered.TakenBack(_, int appliedBefore) -> {
        withoutEffect = withoutEffect(appliedBefore);
        new LeftBehind(places, outgoing).afterStop(appliedBefore, observations);
      }
      case Delivered.Skipped _ when ofSidecar.stream().anyMatch(FileRehearsal::isOfTool) -> {
        return notSent(List.of(), Failure.Source.TOOL, List.of());
      }
      case Delivered.Skipped(String reason) -> {
        return new RehearsedMigration(
            migration,
            RunMode.NOT_SENT,
            0,
            List.of(),
            outgoing.script().statements(),
            List.of(),
            Optional.of(reason));
      }
      case Delivered.ServerGone gone ->
          failures.add(
              new Failure(
                  Failure.Source.BACKEND,
                  LostSession.error(gone.reason()),
                  places.file(),
                  Optional.empty(),
                  Evidence.NONE));
    }
    for (Refusal refusal : refused(Refusal.Stage.FILE)) {
      failures.add(ofTool(refusal, Failure.Source.TOOL));
    }
    return new RehearsedMigration(
        migration,
        delivered.mode(),
        millis,
        failures,
        withoutEffect,
        observations,
        Optional.empty());
  }

  private static boolean isOfTool(Failure failure) {
    return failure.source() == Failure.Source.TOOL;
  }

  /** From the first that did not stay applied; without those that the file undoes itself. */
  private List<Statement> withoutEffect(int appliedBefore) {
    List<Statement> all = outgoing.script().statements();
    Set<Integer> undone = Undone.of(all);
    return all.subList(Math.min(appliedBefore, all.size()), all.size()).stream()
        .filter(statement -> !undone.contains(statement.start()))
        .toList();
  }

  private List<Refusal> refused(Refusal.Stage stage) {
    return refusals.stream().filter(refusal -> refusal.stage() == stage).toList();
  }

  private RehearsedMigration notSent(
      List<Refusal> reasons, Failure.Source source, List<Failure> others) {
    List<Failure> failures = new ArrayList<>(ofSidecar);
    reasons.forEach(refusal -> failures.add(ofTool(refusal, source)));
    failures.addAll(others);
    refused(Refusal.Stage.FILE).forEach(r -> failures.add(ofTool(r, Failure.Source.TOOL)));
    return new RehearsedMigration(
        migration,
        RunMode.NOT_SENT,
        0,
        failures,
        outgoing.script().statements(),
        List.of(),
        Optional.empty());
  }

  private Failure ofTool(Refusal refusal, Failure.Source source) {
    Optional<Statement> statement =
        outgoing.script().statements().stream()
            .filter(
                s -> refusal.end() > 0 && s.start() <= refusal.start() && refusal.start() < s.end())
            .findFirst();
    Place place =
        refusal.end() == 0
            ? places.file()
            : places.place(refusal.start(), refusal.end(), Place.FoundBy.STATEMENT);
    return new Failure(
        source,
        ServerError.of("", refusal.message(), refusal.hint()),
        place,
        statement.map(s -> places.statementPlace(s, place)),
        Evidence.NONE);
  }

  /** What the rest of a refused text does on the server. */
  private List<Failure> aroundRefusals() {
    List<Failure> found = new ArrayList<>();
    Set<Integer> none = new HashSet<>();
    for (Replay.Refusal refusal : new Replay(session, transactions, outgoing).run(0, none)) {
      found.add(failure(refusal));
    }
    return found;
  }

  private List<Failure> failures(Delivered.Stopped stopped) {
    List<Failure> found = new ArrayList<>();
    if (stopped.source() == Failure.Source.COMMIT || stopped.source() == Failure.Source.LEDGER) {
      found.add(new LeftBehind(places, outgoing).ofTheFile(stopped, evidence));
      return found;
    }
    Set<Integer> known = new HashSet<>();
    int from = stopped.mode() == RunMode.TRANSACTION ? 0 : stopped.appliedBefore();
    stopped.statement().ifPresent(known::add);
    // What follows would run without the setting that the driver could not bear.
    boolean only =
        outgoing.script().statements().size() == 1
            || (stopped.source() == Failure.Source.UNSUPPORTED && stopped.statement().isPresent());
    List<Replay.Refusal> refusals =
        only ? List.of() : new Replay(session, transactions, outgoing).run(from, known);
    int first = stopped.statement().orElseGet(() -> firstFailing(stopped, refusals));
    found.add(failure(stopped.source(), first, stopped.error(), stopped.position()));
    for (Replay.Refusal refusal : refusals) {
      boolean reached = refusal.index() < first && !parsedBeforeAnythingRan(stopped);
      if (refusal.index() != first
          && !reached
          && Artefacts.isReal(refusal.error(), execution, stopped)) {
        found.add(failure(refusal));
      }
    }
    return found;
  }

  /**
   * Whether the server refused the text as a whole: it parses all of a simple query before it runs
   * the first statement, so that those before the error did not succeed either.
   */
  private boolean parsedBeforeAnythingRan(Delivered.Stopped stopped) {
    return execution.scope() == Execution.Scope.FILE_IN_SAVEPOINT
        && stopped.error().is(SqlState.SYNTAX_ERROR);
  }

  /** Which statement a file that was sent as one query failed at. */
  private int firstFailing(Delivered.Stopped stopped, List<Replay.Refusal> refusals) {
    List<Statement> statements = outgoing.script().statements();
    if (stopped.position().isPresent()) {
      int at = stopped.position().getAsInt();
      for (int i = 0; i < statements.size(); i++) {
        if (at < statements.get(i).end() || i == statements.size() - 1) {
          return i;
        }
      }
    }
    for (Replay.Refusal refusal : refusals) {
      if (refusal.error().sameAs(stopped.error())
          || (refusal.ended() && stopped.source() == Failure.Source.BACKEND)) {
        return refusal.index();
      }
    }
    return refusals.isEmpty() ? namingSavepoint(stopped.error()) : refusals.getFirst().index();
  }

  /** A replay leaves out what divides a transaction: the first that names the savepoint, else 0. */
  private int namingSavepoint(ServerError error) {
    List<Statement> statements = outgoing.script().statements();
    for (int i = 0; i < statements.size() && error.is(SqlState.INVALID_SAVEPOINT); i++) {
      if (TransactionControl.of(statements.get(i)).isPresent()
          && MessageNames.quoted(error.message())
              .contains(statements.get(i).tokens().getLast().identifier())) {
        return i;
      }
    }
    return 0;
  }

  private Failure failure(Replay.Refusal refusal) {
    return failure(
        refusal.ended() ? Failure.Source.BACKEND : Failure.Source.SERVER,
        refusal.index(),
        refusal.error(),
        refusal.position());
  }

  private Failure failure(
      Failure.Source source, int index, ServerError error, OptionalInt position) {
    Statement statement = outgoing.script().statements().get(index);
    Place place = places.of(statement, error, position);
    return new Failure(
        source,
        error,
        place,
        Optional.of(places.statementPlace(statement, place)),
        evidence.of(statement, error));
  }
}
