package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.session.Answer.Notice;
import dev.confiture.preflight.sql.RolledBackStatements;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.Token;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Observes what a file leaves behind, and makes the failures that belong to no statement of it. */
final class SideEffects {

  private final Places places;
  private final SentScript sent;

  SideEffects(Places places, SentScript sent) {
    this.places = places;
    this.sent = sent;
  }

  void afterCommit(
      String tool,
      Execution execution,
      SendResult.Committed committed,
      List<SessionState.Kept> leaks,
      List<Observation> observations) {
    for (SessionState.Kept leak : leaks) {
      observations.add(
          new Observation.SessionLeak(leak, tool, naming(leak).map(places::statement)));
    }
    if (committed.mode() == RunMode.OUTSIDE_TRANSACTION
        && execution.outside() instanceof Execution.OutsideTransaction.SingleStatement(var note)) {
      observations.add(new Observation.ToolNote(note));
    }
    prepared().ifPresent(observations::add);
    for (Notice notice : committed.notices()) {
      if (notice.severity().equals("WARNING")) {
        observations.add(new Observation.Warning(notice.message()));
      }
    }
  }

  /** Returns the last statement that sets such a setting, or the first that names such a thing. */
  private Optional<Statement> naming(SessionState.Kept kept) {
    String name = kept.name().toLowerCase(Locale.ROOT);
    Predicate<Statement> names =
        switch (kept.kind()) {
          case SETTING, ROLE ->
              s ->
                  NamedSettings.ofSession(s).filter(name::equals).isPresent()
                      || NamedSettings.isConfigured(s, name);
          case ADVISORY_LOCK, SHARED_ADVISORY_LOCK ->
              s -> s.tokens().stream().anyMatch(SideEffects::locks);
          case PREPARED_STATEMENT, TEMPORARY_TABLE, TEMPORARY_VIEW, CURSOR ->
              s ->
                  !s.is(0, "drop")
                      && s.tokens().stream()
                          .anyMatch(token -> token.identifier().equals(kept.name()));
        };
    Stream<Statement> all = sent.script().statements().stream().filter(names);
    return switch (kept.kind()) {
      case SETTING, ROLE, ADVISORY_LOCK, SHARED_ADVISORY_LOCK -> all.reduce((_, last) -> last);
      case PREPARED_STATEMENT, TEMPORARY_TABLE, TEMPORARY_VIEW, CURSOR -> all.findFirst();
    };
  }

  private static boolean locks(Token token) {
    String name = token.identifier();
    return name.startsWith("pg_advisory_lock") || name.startsWith("pg_try_advisory_lock");
  }

  private Optional<Observation> prepared() {
    Optional<Statement> open = Optional.empty();
    for (Statement statement : sent.script().statements()) {
      switch (TransactionControl.of(statement).orElse(TransactionControl.SAVEPOINT)) {
        case PREPARE_TRANSACTION -> open = Optional.of(statement);
        case COMMIT_PREPARED, ROLLBACK_PREPARED -> open = Optional.empty();
        default -> {}
      }
    }
    return open.map(statement -> new Observation.OpenTransaction(places.statement(statement)));
  }

  void afterStop(int appliedBefore, List<Observation> observations) {
    List<Statement> statements = sent.script().statements();
    Set<Integer> undone = RolledBackStatements.of(statements);
    boolean rolledBack =
        statements.subList(0, appliedBefore).stream()
            .anyMatch(statement -> undone.contains(statement.start()));
    if (appliedBefore > 0) {
      observations.add(new Observation.PartlyApplied(appliedBefore, rolledBack));
    }
  }

  void invalidIndexes(CatalogEvidence evidence, List<Observation> observations) {
    for (String index : evidence.newInvalidIndexes()) {
      observations.add(new Observation.InvalidIndex(index));
    }
  }

  /**
   * Returns a failure of the file as a whole: at COMMIT, or of its row in the ledger. The second
   * run finds which statement is behind it.
   */
  Failure ofTheFile(SendResult.Stopped stopped, CatalogEvidence evidence) {
    List<Statement> statements = sent.script().statements();
    return new Failure(
        stopped.source(),
        stopped.error(),
        places.file(),
        Optional.empty(),
        statements.isEmpty() ? Evidence.NONE : evidence.of(statements.getLast(), stopped.error()));
  }
}
