package dev.confiture.preflight.rehearsal;

import dev.confiture.preflight.migrations.Execution;
import dev.confiture.preflight.session.Answer.Notice;
import dev.confiture.preflight.sql.RolledBackStatements;
import dev.confiture.preflight.sql.Statement;
import dev.confiture.preflight.sql.TransactionControl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
      List<Observation> observations) {
    if (execution.sharesOneSession()) {
      for (SessionLeaks.Leak leak : SessionLeaks.of(sent.script().statements())) {
        observations.add(
            new Observation(
                Observation.Kind.SESSION_LEAK,
                leak.text()
                    + " for the files after this one, since "
                    + tool
                    + " runs all in one session",
                Optional.of(places.statement(leak.statement()))));
      }
    }
    if (committed.mode() == RunMode.OUTSIDE_TRANSACTION
        && execution.outside() instanceof Execution.OutsideTransaction.SingleStatement(var note)) {
      observations.add(new Observation(Observation.Kind.NOTE, note, Optional.empty()));
    }
    prepared().ifPresent(observations::add);
    for (Notice notice : committed.notices()) {
      if (notice.severity().equals("WARNING")) {
        observations.add(
            new Observation(Observation.Kind.WARNING, notice.message(), Optional.empty()));
      }
    }
  }

  /**
   * Observes a <a
   * href="https://www.postgresql.org/docs/current/sql-prepare-transaction.html">prepared
   * transaction</a>, which outlives its session: here until the database is dropped.
   */
  private Optional<Observation> prepared() {
    Optional<Statement> open = Optional.empty();
    for (Statement statement : sent.script().statements()) {
      switch (TransactionControl.of(statement).orElse(TransactionControl.SAVEPOINT)) {
        case PREPARE_TRANSACTION -> open = Optional.of(statement);
        case COMMIT_PREPARED, ROLLBACK_PREPARED -> open = Optional.empty();
        default -> {}
      }
    }
    return open.map(
        statement ->
            new Observation(
                Observation.Kind.OPEN_TRANSACTION,
                "leaves a prepared transaction behind, which keeps its locks until somebody"
                    + " commits it or rolls it back",
                Optional.of(places.statement(statement))));
  }

  void afterStop(int appliedBefore, List<Observation> observations) {
    List<Statement> statements = sent.script().statements();
    Set<Integer> undone = RolledBackStatements.of(statements);
    boolean all =
        statements.subList(0, appliedBefore).stream()
            .noneMatch(statement -> undone.contains(statement.start()));
    if (appliedBefore > 0) {
      observations.add(
          new Observation(
              Observation.Kind.PARTLY_APPLIED,
              "statements 1 to "
                  + appliedBefore
                  + " stay applied"
                  + (all ? "" : ", but for what the file rolled back itself")
                  + ": they ran outside a transaction, or were committed",
              Optional.empty()));
    }
  }

  void invalidIndexes(CatalogEvidence evidence, List<Observation> observations) {
    for (String index : evidence.newInvalidIndexes()) {
      observations.add(
          new Observation(
              Observation.Kind.INVALID_INDEX,
              "leaves the invalid index "
                  + (index.startsWith("public.") ? index.substring("public.".length()) : index)
                  + " behind: drop it before the next try, IF NOT EXISTS would keep it",
              Optional.empty()));
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
