package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.migrations.Migration;
import dev.confiture.preflight.migrations.Refusal;
import dev.confiture.preflight.postgres.RoleRights;
import dev.confiture.preflight.postgres.ServerError;
import dev.confiture.preflight.rehearsal.MendedMigration.LeftOut;
import dev.confiture.preflight.sql.RolledBackStatements;
import dev.confiture.preflight.sql.Span;
import dev.confiture.preflight.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One file: what its tool refuses about it, and what happens when it is sent. */
final class FileRehearsal {

  private final String tool;
  private final SentFile file;
  private final CatalogEvidence evidence;
  private final Migration migration;
  private final Places places;
  private final List<Refusal> refusals;
  private final List<Failure> ofSidecar;

  /**
   * Prepares the rehearsal of one file.
   *
   * @param tool the tool's name
   * @param ofSidecar what is wrong with its sidecar, is not met, or cannot be told
   */
  FileRehearsal(
      String tool,
      SentFile file,
      CatalogEvidence evidence,
      Migration migration,
      List<Failure> ofSidecar) {
    this.tool = tool;
    this.file = file;
    this.evidence = evidence;
    this.migration = migration;
    this.places = new Places(file.text());
    this.refusals =
        migration.refusals().stream().filter(refusal -> refusal.beside().isEmpty()).toList();
    this.ofSidecar = ofSidecar;
  }

  /**
   * Sends the file as its tool would; what fails is taken back. Where it is refused a right that
   * production's role may have, it is sent once more with that lent, and what it then does stays.
   *
   * @param custom the names of custom settings that the files so far may have set
   * @param sequences their values before it
   */
  RehearsedMigration run(Set<String> custom, Sequences sequences) {
    try {
      return sent(custom, sequences);
    } finally {
      file.database().takeBackRights();
    }
  }

  private RehearsedMigration sent(Set<String> custom, Sequences sequences) {
    long start = System.nanoTime();
    if (!refused(Refusal.Stage.NOT_REHEARSABLE).isEmpty()) {
      return notSent(refused(Refusal.Stage.NOT_REHEARSABLE), Failure.Source.UNSUPPORTED);
    }
    List<Refusal> ofTool = refused(Refusal.Stage.NOT_RUN, Refusal.Stage.TEXT);
    if (isPrevented() || !ofTool.isEmpty()) {
      return notSent(ofTool, Failure.Source.TOOL);
    }
    List<Refusal> ofTransactions = file.transactions().refusals(file.script());
    if (!ofTransactions.isEmpty()) {
      return notSent(ofTransactions, Failure.Source.UNSUPPORTED);
    }
    Delivery delivery = file.delivery(Set.of());
    Optional<SessionState> before = sessionState(custom);
    SendResult result = delivery.deliver();
    List<Failure> failures = new ArrayList<>(ofSidecar);
    if (result instanceof SendResult.Stopped stopped) {
      Failure refused = failure(stopped, new SideEffects(places, delivery.script()));
      if (refused.evidence().right().isPresent() && file.database().lendRights()) {
        Salvage resending = new Salvage(file, places, evidence, sequences, before);
        delivery = resending.again(stopped, delivery.script());
        result = resending.deliver(delivery).behind(resending.applied());
        if (file.database().rights() != RoleRights.SUPERUSER) {
          failures.add(refused);
        }
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    SideEffects sideEffects = new SideEffects(places, delivery.script());
    List<Observation> observations = new ArrayList<>();
    if (result.mode() != RunMode.TRANSACTION) {
      sideEffects.invalidIndexes(evidence, observations);
    }
    List<Statement> withoutEffect = List.of();
    switch (result) {
      case SendResult.Committed committed -> {
        file.transactions().keep(delivery);
        sideEffects.afterCommit(
            tool, file.execution(), committed, leaks(before, custom), observations);
      }
      case SendResult.Stopped stopped -> {
        Failure failure = failure(stopped, sideEffects);
        // What is refused with lent rights too is told once.
        if (failures.stream().noneMatch(failure::isSameAs)) {
          failures.add(failure);
        }
        withoutEffect = withoutEffect(stopped.appliedBefore());
        sideEffects.afterStop(stopped.appliedBefore(), observations);
      }
      case SendResult.TakenBack(_, int appliedBefore) -> {
        withoutEffect = withoutEffect(appliedBefore);
        sideEffects.afterStop(appliedBefore, observations);
      }
      case SendResult.Skipped _ when ofSidecar.stream().anyMatch(FileRehearsal::isOfTool) -> {
        return notSent(List.of(), Failure.Source.TOOL);
      }
      case SendResult.Skipped(String reason) -> {
        return new RehearsedMigration(
            file.text().in(migration),
            RunMode.NOT_SENT,
            0,
            List.of(),
            file.script().statements(),
            List.of(),
            Optional.of(reason));
      }
      case SendResult.ServerGone gone ->
          failures.add(
              new Failure(
                  Failure.Source.BACKEND,
                  LostSession.error(gone.reason()),
                  places.file(),
                  Optional.empty(),
                  Evidence.NONE));
    }
    refused(Refusal.Stage.FILE).forEach(r -> failures.add(ofTool(r, Failure.Source.TOOL)));
    return new RehearsedMigration(
        file.text().in(migration),
        result.mode(),
        millis,
        failures,
        withoutEffect,
        observations,
        Optional.empty());
  }

  /**
   * Sends the file again and again, without what failed.
   *
   * @param first what the file did as its tool sends it
   * @param sequences their values before it
   * @param before the session that the tool shares among all files, where it does
   */
  MendedMigration mend(
      RehearsedMigration first, Sequences sequences, Optional<SessionState> before) {
    if (!refused(Refusal.Stage.NOT_REHEARSABLE).isEmpty()) {
      return nothing(refusals(Refusal.Stage.NOT_REHEARSABLE, Failure.Source.UNSUPPORTED));
    }
    if (!refused(Refusal.Stage.NOT_RUN).isEmpty()) {
      return nothing(refusals(Refusal.Stage.NOT_RUN, Failure.Source.TOOL));
    }
    Salvage salvage = new Salvage(file.kept(), places, evidence, sequences, before);
    List<Failure> ofTool = new ArrayList<>(ofSidecar);
    // What stands behind a query is refused again, at its place, when that is answered.
    List<Refusal> refused =
        refused(Refusal.Stage.TEXT).stream()
            .filter(refusal -> !file.text().isBehindQuery(refusal.start()))
            .toList();
    List<Refusal> ofTransactions =
        refused.isEmpty() ? file.transactions().refusals(file.script()) : List.of();
    refused.forEach(refusal -> ofTool.add(ofTool(refusal, Failure.Source.TOOL)));
    ofTransactions.forEach(refusal -> ofTool.add(ofTool(refusal, Failure.Source.UNSUPPORTED)));
    Stream.concat(refused.stream(), ofTransactions.stream())
        .forEach(refusal -> salvage.leaveOut(new Span(refusal.start(), refusal.end())));
    for (Failure failure : first.failures()) {
      // Time out once more it may, or not: what is measured twice is not the same.
      if (failure.isVolatile() && failure.statement().isPresent()) {
        salvage.leaveOut(failure.statement().get().statement(), List.of(failure));
      }
    }
    MendedMigration mended = salvage.run();
    List<Failure> failures = new ArrayList<>(ofTool);
    failures.addAll(mended.failures());
    failures.addAll(refusals(Refusal.Stage.FILE, Failure.Source.TOOL));
    return new MendedMigration(failures, mended.leftOut(), mended.observations());
  }

  /** Returns what the session keeps for later files, where the tool shares it among all. */
  private Optional<SessionState> sessionState(Set<String> custom) {
    return file.execution().sharesOneSession() && !file.session().isLost()
        ? Optional.of(SessionState.of(file.session()::query, custom))
        : Optional.empty();
  }

  private List<SessionState.Kept> leaks(Optional<SessionState> before, Set<String> custom) {
    return before
        .flatMap(state -> sessionState(custom).map(after -> after.since(state)))
        .orElse(List.of())
        .stream()
        .filter(kept -> !file.execution().restoresRole() || !kept.isOfRole())
        .filter(
            kept ->
                kept.kind() != SessionState.Kind.SETTING
                    || file.execution().carry() != Execution.Carry.SETTINGS_RESET)
        .toList();
  }

  private MendedMigration nothing(List<Failure> failures) {
    return new MendedMigration(
        failures, file.script().statements().stream().map(LeftOut::new).toList(), List.of());
  }

  private List<Failure> refusals(Refusal.Stage stage, Failure.Source source) {
    return refused(stage).stream().map(refusal -> ofTool(refusal, source)).toList();
  }

  private boolean isPrevented() {
    return ofSidecar.stream().anyMatch(Preconditions::prevents);
  }

  private static boolean isOfTool(Failure failure) {
    return failure.source() == Failure.Source.TOOL;
  }

  /**
   * Returns the statements from the first that did not stay applied; without those that the file
   * undoes itself.
   */
  private List<Statement> withoutEffect(int appliedBefore) {
    List<Statement> all = file.script().statements();
    Set<Integer> undone = RolledBackStatements.of(all);
    return all.subList(Math.min(appliedBefore, all.size()), all.size()).stream()
        .filter(statement -> !undone.contains(statement.start()))
        .toList();
  }

  private List<Refusal> refused(Refusal.Stage... stages) {
    return refusals.stream().filter(refusal -> List.of(stages).contains(refusal.stage())).toList();
  }

  private RehearsedMigration notSent(List<Refusal> reasons, Failure.Source source) {
    List<Failure> failures = new ArrayList<>(ofSidecar);
    reasons.forEach(refusal -> failures.add(ofTool(refusal, source)));
    refused(Refusal.Stage.FILE).forEach(r -> failures.add(ofTool(r, Failure.Source.TOOL)));
    return new RehearsedMigration(
        migration,
        RunMode.NOT_SENT,
        0,
        failures,
        file.script().statements(),
        List.of(),
        Optional.empty());
  }

  private Failure ofTool(Refusal refusal, Failure.Source source) {
    Optional<Statement> statement =
        file.script().statements().stream()
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

  private Failure failure(SendResult.Stopped stopped, SideEffects sideEffects) {
    if (stopped.isOfTheFile()) {
      return sideEffects.ofTheFile(stopped, evidence);
    }
    return places.failure(
        stopped.source(),
        file.script().statements().get(stopped.statement().getAsInt()),
        stopped.error(),
        stopped.position(),
        evidence);
  }
}
